"""Whether the database has the tables that this code expects."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unapplied_migrations() -> list[str]:
    """The migrations that no database has recorded, as "treatments.0001_initial".

    By their names alone, in some milliseconds: Django's own way builds every table of every
    migration in memory. Raises DatabaseError where the database cannot be asked.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _shipped() if (app, name) not in applied]


def _shipped() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        module, _is_set = MigrationLoader.migrations_module(app.label)
        try:
            package = import_module(module) if module else None
        except ModuleNotFoundError:  # an app without tables
            continue
        for found in pkgutil.iter_modules(getattr(package, "__path__", ())):
            if not found.ispkg and found.name[0] not in "_~":
                yield app.label, found.name
