import django.core.validators
import django.db.models.deletion
from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from treatments.roles import make_groups


def renew_groups(apps, schema_editor):
    # Rights are otherwise created only after the last migration.
    create_permissions(live_apps.get_app_config("treatments"), verbosity=0)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):

    dependencies = [
        ('treatments', '0005_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=16, unique=True, validators=[django.core.validators.RegexValidator('^[0-9a-f]{16}\\Z')])),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'uploaded picture',
                'verbose_name_plural': 'uploaded pictures',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(blank=True, editable=False, max_length=60, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use only small English letters, digits and single hyphens, for example: skin-care')])),
                ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('to_confirm', models.BooleanField(default=False, help_text='General medical knowledge that a clinician here has yet to confirm.', verbose_name="to be confirmed by the clinic's reviewer")),
                ('image', models.CharField(max_length=16, validators=[django.core.validators.RegexValidator('^[0-9a-f]{16}\\Z')], verbose_name='photo')),
                ('width', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('height', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('alt', models.TextField(blank=True, help_text='One sentence for people who cannot see it: “Two hands rest in shallow trays of water.”', validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='what the photo shows')),
                ('alt_en', models.TextField(blank=True, help_text='One sentence for people who cannot see it: “Two hands rest in shallow trays of water.”', null=True, validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='what the photo shows')),
                ('alt_bn', models.TextField(blank=True, help_text='One sentence for people who cannot see it: “Two hands rest in shallow trays of water.”', null=True, validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='what the photo shows')),
                ('caption', models.TextField(blank=True, help_text='May stay empty.', validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='words below the photo')),
                ('caption_en', models.TextField(blank=True, help_text='May stay empty.', null=True, validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='words below the photo')),
                ('caption_bn', models.TextField(blank=True, help_text='May stay empty.', null=True, validators=[django.core.validators.MaxLengthValidator(300, 'This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.')], verbose_name='words below the photo')),
                ('treatment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_set', to='treatments.treatment')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('treatment', 'uid'), name='photo_uid')],
            },
        ),
        migrations.RunPython(renew_groups, migrations.RunPython.noop),
    ]
