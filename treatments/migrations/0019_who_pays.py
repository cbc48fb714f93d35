import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0018_origins_and_answers")]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="who_pays",
            field=models.TextField(
                blank=True,
                help_text="In one or two sentences, with whoever gave money or a machine. Patients read it on “About this information”; while it is empty, that page says that the clinic has not said it.",
                validators=[
                    django.core.validators.MaxLengthValidator(
                        300,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="who pays for this website",
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="who_pays_bn",
            field=models.TextField(
                blank=True,
                help_text="In one or two sentences, with whoever gave money or a machine. Patients read it on “About this information”; while it is empty, that page says that the clinic has not said it.",
                null=True,
                validators=[
                    django.core.validators.MaxLengthValidator(
                        300,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="who pays for this website",
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="who_pays_en",
            field=models.TextField(
                blank=True,
                help_text="In one or two sentences, with whoever gave money or a machine. Patients read it on “About this information”; while it is empty, that page says that the clinic has not said it.",
                null=True,
                validators=[
                    django.core.validators.MaxLengthValidator(
                        300,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="who pays for this website",
            ),
        ),
    ]
