"""A later release of the shipped words, and a second member of staff."""

import pytest
from django.test import Client

from .releases import Release


@pytest.fixture
def release(tmp_path):
    return Release(tmp_path / "release")


@pytest.fixture
def colleague(django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("rahima", password="x"))
    return client
