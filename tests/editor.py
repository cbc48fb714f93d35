"""A process that edits a live site: reads `["name", argument, …]` a line, answers "done".

Run as a program by tests/live.py, so that edits come from outside the web server's workers.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from treatments import pictures  # noqa: E402
from treatments.models import Clinic, Photo, Picture, Publication, Treatment  # noqa: E402
from treatments.photos import renditions  # noqa: E402
from treatments.publishing import keep_snapshot, newest_snapshot, publish, remove_photo, withdraw  # noqa: E402

from .test_photos import photo  # noqa: E402

ALT = {"en": "Two hands rest in trays of water.", "bn": "দুটি হাত পানির ট্রেতে রাখা।"}


def new_title(slug, title):
    treatment = Treatment.objects.get(slug=slug)
    for prose in treatment.translations.filter(language_code="en"):
        prose.title = title
        prose.save()
    keep_snapshot(treatment, now=timezone.now())
    publish(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())


def new_photo(slug):
    treatment = Treatment.objects.get(slug=slug)
    picture = pictures.keep(renditions(photo(600, 400)), now=timezone.now())
    alt = {f"alt_{code}": text for code, text in ALT.items()}
    size = {"image": picture.name, "width": picture.width, "height": picture.height}
    Photo.objects.create(treatment=treatment, **size, **alt)
    keep_snapshot(treatment, now=timezone.now())
    publish(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())
    return picture.name


def removed_photo(name):
    picture = Picture.objects.get(name=name)
    remove_photo(picture, because="consent", now=timezone.now())


def withdrawn(slug):
    withdraw(Treatment.objects.get(slug=slug), ["en", "bn"], now=timezone.now())


def published_by_command(slug):
    call_command("publish", slug, stdout=sys.stderr)


def withdrawn_by_command(slug):
    call_command("withdraw", slug, stdout=sys.stderr)


def ending(slug, seconds):
    end = timezone.now() + timedelta(seconds=seconds)
    live = Publication.objects.live(timezone.now()).filter(treatment__slug=slug)
    live.update(live_until=end)
    return end.timestamp()


def new_phone(number):
    clinic = Clinic.objects.get()
    clinic.phones = number
    clinic.save()


def closed_on(days):
    Clinic.objects.update(closed_days=days)


EDITS = (
    new_title,
    new_photo,
    removed_photo,
    withdrawn,
    published_by_command,
    withdrawn_by_command,
    ending,
    new_phone,
    closed_on,
)

if __name__ == "__main__":
    by_name = {edit.__name__: edit for edit in EDITS}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        answer = by_name[name](*arguments)
        close_old_connections()
        print(json.dumps(answer), flush=True)
