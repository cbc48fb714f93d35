from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from treatments.roles import make_groups


def add_rights(apps, schema_editor):
    create_permissions(live_apps.get_app_config("treatments"), verbosity=0)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):

    dependencies = [
        ('treatments', '0030_no_open_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('done_at', models.DateTimeField()),
                ('act', models.CharField(max_length=20)),
                ('person', models.PositiveBigIntegerField(null=True)),
                ('person_name', models.CharField(blank=True, max_length=301)),
                ('page', models.PositiveBigIntegerField(null=True)),
                ('page_en', models.CharField(blank=True, max_length=120)),
                ('page_bn', models.CharField(blank=True, max_length=120)),
                ('details', models.JSONField(default=dict)),
                ('chain_digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'who did what',
                'verbose_name_plural': 'who did what',
                'ordering': ['-done_at', '-number'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['done_at'], name='audit_done_at'), models.Index(fields=['person', 'number'], name='audit_person'), models.Index(fields=['page', 'number'], name='audit_page')],
            },
        ),
        migrations.CreateModel(
            name='FailedLogins',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('login', models.CharField(blank=True, max_length=301)),
                ('hour', models.DateTimeField()),
                ('number', models.PositiveIntegerField(default=1)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('login', 'hour'), name='failed_logins_of_an_hour')],
            },
        ),
        migrations.RunPython(add_rights, migrations.RunPython.noop),
    ]
