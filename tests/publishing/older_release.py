"""Makes a new database one that an older release has filled, and updates it to today's.

Run as a program by a test: `python -m tests.publishing.older_release MIGRATION FILE`. The rows are
those of `dumpdata`, written with the models as they were at that migration.
"""

import json
import lzma
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402


def fill(migration: str, path: str) -> None:
    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "treatments"]
    targets = [*others, ("treatments", migration)]
    executor.migrate(targets)
    apps = executor.loader.project_state(targets).apps
    with lzma.open(path, "rt", encoding="utf-8") as file, transaction.atomic():
        for row in json.load(file):
            _write(apps.get_model(row["model"]), row["pk"], row["fields"])
        models = apps.get_app_config("treatments").get_models()
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(sql)


def _write(model, pk, values) -> None:
    many = {field.name for field in model._meta.many_to_many}
    row = model(pk=pk)
    for name in values.keys() - many:
        field = model._meta.get_field(name)
        setattr(row, field.attname, field.to_python(values[name]))
    row.save()
    for name in values.keys() & many:
        getattr(row, name).set(values[name])


if __name__ == "__main__":
    fill(*sys.argv[1:])
    call_command("prepare")
