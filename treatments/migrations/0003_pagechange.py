from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0002_clinic")]
    operations = [
        migrations.CreateModel(
            name="PageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
            ],
        ),
    ]
