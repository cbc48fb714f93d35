from django.db import migrations, models

MODELS = (
    "aftercaretip",
    "benefit",
    "contraindication",
    "evidenceclaim",
    "helpsign",
    "indication",
    "otheroption",
    "photo",
    "preparation",
    "procedurestep",
    "question",
    "sideeffect",
    "source",
)


class Migration(migrations.Migration):
    """Other words on the form; nothing in the database."""

    dependencies = [
        ("treatments", "0014_shipped_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="to_confirm",
            field=models.BooleanField(
                default=False,
                help_text="Patients see the mark “to be confirmed” until it is taken away.",
                verbose_name="to be confirmed by a doctor of this clinic",
            ),
        )
        for name in MODELS
    ]
