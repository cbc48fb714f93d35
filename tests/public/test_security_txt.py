"""Whom to tell of a hole in the site."""

from datetime import datetime, timedelta

from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def test_it_names_the_contact_and_has_not_expired(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == f"{settings.PUBLIC_URL}{ADDRESS}"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=366)


def test_without_a_contact_it_is_not_there(client, site):
    assert client.get(ADDRESS).status_code == 404
