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

from treatments.models import Clinic, Publication, Treatment  # noqa: E402
from treatments.publishing import keep_snapshot, newest_snapshot, publish, withdraw  # noqa: E402


def new_title(slug, title):
    treatment = Treatment.objects.get(slug=slug)
    for prose in treatment.translations.filter(language_code="en"):
        prose.title = title
        prose.save()
    keep_snapshot(treatment, now=timezone.now())
    publish(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())


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


EDITS = (new_title, withdrawn, published_by_command, withdrawn_by_command, ending, new_phone)

if __name__ == "__main__":
    by_name = {edit.__name__: edit for edit in EDITS}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        answer = by_name[name](*arguments)
        close_old_connections()
        print(json.dumps(answer), flush=True)
