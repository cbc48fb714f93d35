from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

from treatments.roles import make_groups


def add_groups(apps, schema_editor):
    # Rights are otherwise created only after the last migration.
    for config in (live_apps.get_app_config("treatments"), live_apps.get_app_config("auth")):
        create_permissions(config, verbosity=0)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0002_clinic"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
