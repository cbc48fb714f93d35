from django.db import migrations

PLACEHOLDER = {"name_en": "Your clinic's name", "name_bn": "আপনার ক্লিনিকের নাম"}


def add_the_clinic(apps, schema_editor):
    apps.get_model("treatments", "Clinic").objects.get_or_create(
        pk=1, defaults={"name": PLACEHOLDER["name_en"], **PLACEHOLDER}
    )


class Migration(migrations.Migration):
    dependencies = [("treatments", "0001_initial")]
    operations = [migrations.RunPython(add_the_clinic, migrations.RunPython.noop)]
