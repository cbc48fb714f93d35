from django.db import migrations


class Migration(migrations.Migration):
    """Two people on one page meet in one text only: nobody needs to know who has it open."""

    dependencies = [("treatments", "0029_names_of_authors")]

    operations = [migrations.DeleteModel("Opened")]
