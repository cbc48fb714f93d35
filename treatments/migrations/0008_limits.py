
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0007_page_change_tokens"),
    ]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="note",
            field=models.TextField(
                blank=True,
                validators=[
                    django.core.validators.MaxLengthValidator(
                        2000,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="note for the staff",
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="avoid",
            field=models.TextField(
                blank=True,
                help_text="One a line.",
                validators=[
                    django.core.validators.MaxLengthValidator(
                        400,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="not these",
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="bangla",
            field=models.TextField(
                help_text="Accepted words, one a line, the preferred one first.",
                validators=[
                    django.core.validators.MaxLengthValidator(
                        400,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="Bangla",
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="note",
            field=models.TextField(
                blank=True,
                validators=[
                    django.core.validators.MaxLengthValidator(
                        2000,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="note for writers",
            ),
        ),
        migrations.AlterField(
            model_name="waiver",
            name="reason",
            field=models.TextField(
                validators=[
                    django.core.validators.MaxLengthValidator(
                        2000,
                        "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
                    )
                ],
                verbose_name="reason",
            ),
        ),
    ]
