"""Whether everything is there that the pages need, and is what it says it is."""

import os
import pwd
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.models import Q

from ..document.content import DocumentItem, Edition, in_language
from ..document.json_form import load_stored
from ..models import LANGUAGES, Clinic, Picture, Publication, Snapshot, triggers
from ..page_cache.troubles import SEE, Trouble, trouble_of
from ..photos.storage import missing_files
from .backups import Say
from .databases import faults_of_sqlite, pending_migrations, sqlite_file

RESTORE = "Restore the last backup that verify_backup finds whole."


@dataclass(frozen=True)
class Fault:
    what: str
    to_do: str

    def __str__(self):
        return f"{self.what} {self.to_do}"


def find_faults(*, now: datetime, say: Say = print) -> Iterator[Fault]:
    """What would make pages fail, or say what nobody published. Changes nothing.

    Looks no further than the database itself where that is damaged or of another release.
    """
    say("Looking at the database …")
    if faults := list(_of_the_database()):
        yield from faults
        return
    say("Looking at what was saved and published …")
    yield from _of_snapshots()
    if not Clinic.objects.filter(pk=1).exists():
        yield Fault("The clinic's details are not there.", "Run manage.py prepare.")
    say("Looking at the photos …")
    yield from _of_photos(now)


def _of_the_database() -> Iterator[Fault]:
    try:
        yield from _of_its_file_and_tables()
    except (DatabaseError, sqlite3.Error) as error:
        said = " ".join(str(error).split())
        what = f"The database cannot be read as the user {_user()}: {said}."
        trouble = trouble_of(error)
        if trouble is Trouble.AWAY:
            to_do = "Is it running?"
            if connection.vendor == "sqlite":
                to_do = f"Whose are {sqlite_file(connection)} and what lies beside it?"
        else:
            to_do = trouble.value if trouble else SEE
        yield Fault(what, to_do)


def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # in a container, say
        return str(os.geteuid())


def _of_its_file_and_tables() -> Iterator[Fault]:
    if connection.vendor == "sqlite":
        path = sqlite_file(connection)
        if not path.is_file():
            yield Fault(f"There is no database: {path}.", "DATABASE_URL says where it is.")
            return
        damages = faults_of_sqlite(path)
        yield from (Fault(f"The database is damaged: {damage}.", RESTORE) for damage in damages)
        if damages:
            return
    if pending := pending_migrations():
        yield Fault(f"The database has not had {pending[0]} yet.", "Run manage.py prepare.")
    elif not triggers.are_installed(connection):
        yield Fault(
            "Triggers are missing, so that finished pages do not learn of changes.",
            "Run manage.py prepare.",
        )


def _of_snapshots() -> Iterator[Fault]:
    """And of what was published from each."""
    publications = defaultdict(list)
    for publication in Publication.objects.order_by("pk"):
        publications[publication.snapshot_id].append(publication)
    for snapshot in Snapshot.objects.select_related("treatment").iterator(chunk_size=50):
        name = f"Version {snapshot.pk} of {snapshot.treatment.slug}"
        try:
            document = load_stored(snapshot.document)
            editions = {code: in_language(document, code) for code in LANGUAGES}
        except Exception as error:  # whatever somebody has written there by hand
            yield Fault(f"{name} cannot be read ({type(error).__name__}).", RESTORE)
            continue
        if snapshot.digest != document.digest or any(
            (edition.digest, edition.medical_digest) != _stored_digests(snapshot, code)
            for code, edition in editions.items()
        ):
            yield Fault(f"{name} is not what was saved.", RESTORE)
        for publication in publications[snapshot.pk]:
            if not _is_of(publication, snapshot, editions[publication.language]):
                yield Fault(f"Publication {publication.pk} is not what {name} says.", RESTORE)


def _stored_digests(snapshot: Snapshot, language: str) -> tuple[str, str]:
    return getattr(snapshot, f"digest_{language}"), getattr(snapshot, f"medical_{language}")


def _is_of(publication: Publication, snapshot: Snapshot, edition: Edition) -> bool:
    words = publication.title, publication.summary
    return (
        publication.treatment_id == snapshot.treatment_id
        and edition.prose is not None
        and words == (edition.prose["title"], edition.prose["summary"])
    )


def _of_photos(now: datetime) -> Iterator[Fault]:
    """Of those that pages show now or are to show."""
    to_come = Q(live_until=None) | Q(live_until__gt=now)
    shown = defaultdict(set)  # by name and width, where
    for publication in Publication.objects.filter(to_come).select_related("snapshot", "treatment"):
        for photo in _photos_of(publication.snapshot):
            key = photo.values["image"], photo.values["width"]
            shown[key].add(f"{publication.treatment.slug} ({publication.language})")
    removed = set(Picture.objects.exclude(removed_at=None).values_list("name", flat=True))
    for (name, width), where in shown.items():
        if name not in removed and (missing := missing_files(name, width)):
            yield Fault(
                f"{missing[0]} is not there, a photo of {', '.join(sorted(where))}.",
                "Restore it from a backup, or upload the photo again.",
            )


def _photos_of(snapshot: Snapshot) -> Sequence[DocumentItem]:
    try:
        return load_stored(snapshot.document).items("photos")
    except Exception:  # said already
        return ()
