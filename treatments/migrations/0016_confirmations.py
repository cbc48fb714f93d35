import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from treatments.document.content import editions_of, in_language
from treatments.document.json_form import load_stored
from treatments.document.passages import passages

LANGUAGES = ("en", "bn")


def confirm_what_is_live(apps, schema_editor):
    """What patients read is confirmed “as published before”, but for a Bangla that was behind."""
    Treatment, Publication, Snapshot, Confirmation, Authorship = (
        apps.get_model("treatments", name)
        for name in ("Treatment", "Publication", "Snapshot", "Confirmation", "Authorship")
    )
    now = timezone.now()
    for treatment in Treatment.objects.all():
        newest = Snapshot.objects.filter(treatment=treatment).order_by("-pk").first()
        if newest is None:
            continue
        live = {
            publication.language: publication.snapshot
            for publication in Publication.objects.filter(treatment=treatment, live_from__lte=now)
            .exclude(live_until__lte=now)
            .select_related("snapshot")
        }
        followed = _followed(live.values()) if len(live) > 1 else None
        confirmed = {
            passage.digest: passage
            for passage in _passages(live)
            if followed is None or passage.digest in followed
        }
        Confirmation.objects.bulk_create(
            Confirmation(
                treatment=treatment,
                kind="published",
                section=passage.place.section,
                item=passage.place.item,
                digest=passage.digest,
                **{f"digest_{code}": passage.digest_in(code) for code in LANGUAGES},
                words={name: vars(pair) for name, pair in passage.texts.items()},
                confirmed_at=now,
            )
            for passage in confirmed.values()
        )
        draft = list(passages(*editions_of(load_stored(newest.document)).values()))
        left = {passage.digest for passage in draft} - {*confirmed}
        Authorship.objects.bulk_create(
            Authorship(
                treatment=treatment,
                digest=digest,
                written_by=newest.saved_by,
                written_at=newest.saved_at,
            )
            for digest in sorted(left)
        )
        newest.unconfirmed = sum(passage.digest in left for passage in draft)
        newest.save(update_fields=["unconfirmed"])


def _passages(live):
    editions = {
        code: in_language(load_stored(live[code].document), code) if code in live else None
        for code in LANGUAGES
    }
    return passages(*editions.values()) if live else ()


def _followed(snapshots):
    """The digests of what stands together in one of these, and was not behind there."""
    return {
        passage.digest
        for snapshot in snapshots
        for passage in passages(*editions_of(load_stored(snapshot.document)).values())
        if not _was_behind(passage.place, snapshot)
    }


def _was_behind(place, snapshot):
    names = {(place.section, place.item), (place.section, "")}
    if place.section in ("plan", "body_areas"):
        return False
    return any(
        (stale["section"], stale["item"]) in names
        for stale in snapshot.behind
        if stale["section"] == "result_lasts" or stale["item"]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0015_to_confirm_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="confirmed_by",
            field=models.CharField(
                choices=[
                    ("anybody", "Anybody who may confirm"),
                    ("another", "Somebody else than who wrote it"),
                ],
                default="anybody",
                help_text="Before a text goes live, somebody who reads both languages confirms that they say the same.",
                max_length=10,
                verbose_name="who confirms safety texts",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="unconfirmed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="waiver",
            name="about",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=32)),
                ("written_at", models.DateTimeField()),
                ("treatment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="authorships", to="treatments.treatment")),
                ("written_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "authorship",
                "verbose_name_plural": "authorships",
                "constraints": [models.UniqueConstraint(fields=("treatment", "digest", "written_by"), name="one_authorship")],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("read", "read in both languages"),
                            ("shipped", "as shipped"),
                            ("published", "as published before"),
                            ("taken_away", "taken away"),
                            ("printed_otherwise", "put under another heading"),
                            ("reordered", "put in another order"),
                        ],
                        default="read",
                        max_length=20,
                    ),
                ),
                ("section", models.CharField(max_length=40)),
                ("item", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(max_length=32)),
                ("key", models.CharField(blank=True, max_length=32)),
                ("digest_en", models.CharField(blank=True, max_length=32)),
                ("digest_bn", models.CharField(blank=True, max_length=32)),
                ("words", models.JSONField(default=dict)),
                ("confirmed_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("treatment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="confirmations", to="treatments.treatment")),
            ],
            options={
                "verbose_name": "confirmation",
                "verbose_name_plural": "confirmations",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["treatment", "digest"], name="confirmation_digest")],
            },
        ),
        migrations.RunPython(confirm_what_is_live, migrations.RunPython.noop),
    ]
