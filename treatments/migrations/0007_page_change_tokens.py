from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0005_pictogram")]

    # No change of the release before means anything to this one, which begins by trusting no page.
    operations = [
        migrations.DeleteModel("PageChange"),
        migrations.CreateModel(
            name="PageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=40, unique=True)),
                ("token", models.CharField(max_length=36)),
            ],
        ),
    ]
