from collections.abc import Iterable
from smtplib import SMTPException
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ...language.active import date_in_words, in_active_digits
from ...models import ReviewerMail, StaffLanguage, Treatment
from ...publishing.waiting import unread_by_treatment

MOST_NAMED = 20  # pages; a mail is read on a phone


class Page(NamedTuple):
    name: str
    words: str  # how many texts, since when
    address: str


class Command(BaseCommand):
    help = (
        "Tells every Reviewer who has a mail address which pages wait to be read in both "
        "languages: one mail a day at most, and none where nothing waits. Run it by a timer. "
        "Without EMAIL_URL nothing is sent."
    )

    def handle(self, **options):
        if not settings.SENDS_MAIL:
            self.stdout.write("No mail is set up (EMAIL_URL). Nothing was sent.")
            return
        if not unread_by_treatment():
            self.stdout.write("Nothing waits to be read. Nothing was sent.")
            return
        failed, languages = 0, dict(StaffLanguage.objects.values_list("person", "language"))
        for person in filter(_is_first_today, _reviewers()):
            try:
                with override(languages.get(person.pk, settings.LANGUAGE_CODE)):
                    _mail(list(_waiting()), person).send()
            except (SMTPException, OSError) as error:
                failed += 1
                ReviewerMail.objects.filter(person=person).delete()  # to be tried again
                self.stderr.write(f"{person}: not sent ({type(error).__name__})")
            else:
                self.stdout.write(f"{person}: told")
        if failed:
            raise CommandError(f"{failed} could not be told.")


def _reviewers() -> Iterable[User]:
    people = User.objects.filter(is_active=True, is_staff=True, groups__name="Reviewer")
    return people.exclude(email="").order_by("pk")


def _is_first_today(person: User) -> bool:
    """Claims today's one mail for this run of the command, whatever else runs beside it."""
    today = timezone.localdate()
    _row, is_new = ReviewerMail.objects.get_or_create(person=person, defaults={"sent_on": today})
    earlier = ReviewerMail.objects.filter(person=person, sent_on__lt=today)
    return is_new or bool(earlier.update(sent_on=today))


def _waiting() -> Iterable[Page]:
    """The pages with texts to be read, what has waited longest first."""
    unread = unread_by_treatment()
    treatments = Treatment.objects.filter(pk__in=unread).prefetch_related("translations")
    for treatment in sorted(treatments, key=lambda each: unread[each.pk].since):
        number, since = unread[treatment.pk].number, unread[treatment.pk].since
        texts = ngettext(
            "%(number)d text to be read in both languages, since %(day)s",
            "%(number)d texts to be read in both languages, since %(day)s",
            number,
        ) % {"number": number, "day": date_in_words(since, "j F Y")}
        name, words = str(treatment), in_active_digits(texts)
        yield Page(name, words, _address("treatments_treatment_publish", treatment.pk))


def _address(name: str, *arguments: int) -> str:
    return settings.PUBLIC_URL + reverse(f"admin:{name}", args=arguments)


def _mail(pages: list[Page], person: User) -> EmailMessage:
    named = [f"{page.name}\n{page.words}\n{page.address}" for page in pages[:MOST_NAMED]]
    if (more := len(pages) - MOST_NAMED) > 0:
        text = ngettext("and %d more page", "and %d more pages", more) % more
        named.append(in_active_digits(text))
    subject = ngettext(
        "%d page waits to be read in both languages",
        "%d pages wait to be read in both languages",
        len(pages),
    ) % len(pages)
    parts = [
        _("Hello %(name)s,") % {"name": person.get_short_name() or person.get_username()},
        _("These pages wait for somebody who reads both languages:"),
        *named,
        _("You get this mail once a day at most, because you are a Reviewer at %(site)s.")
        % {"site": _address("index")},
    ]
    return EmailMessage(in_active_digits(subject), "\n\n".join(parts), to=[person.email])
