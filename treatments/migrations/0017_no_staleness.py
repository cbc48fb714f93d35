from django.db import migrations


class Migration(migrations.Migration):
    """What has to be read again is what nobody has confirmed."""

    dependencies = [
        ("treatments", "0016_confirmations"),
    ]

    operations = [
        migrations.RemoveField(model_name="snapshot", name="behind"),
        migrations.RemoveField(model_name="snapshot", name="minor"),
    ]
