from django.db import migrations, models

# Of the package that counted wrong logins before, with user names and addresses in clear.
FORMER = ("accessattemptexpiration", "accessattempt", "accessfailurelog", "accesslog")


def forget_former_models(apps, schema_editor):
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="axes").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0005_pictogram"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrongLogins",
            fields=[
                ("digest", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("next_try", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(
            [
                *(f"DROP TABLE IF EXISTS axes_{name}" for name in FORMER),
                "DELETE FROM django_migrations WHERE app = 'axes'",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(forget_former_models, migrations.RunPython.noop),
    ]
