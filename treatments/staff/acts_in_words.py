"""What was recorded, as a sentence for staff in their language."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..document.places import Place, label_of
from ..language.active import date_in_words, in_active_digits
from ..models import LANGUAGE_NAMES, LANGUAGES, Act, AuditEntry, audit
from ..models.second_factor import AUTHENTICATOR_APP, PASSKEY, RECOVERY_CODES
from .clinic_history import column_in_words

SENTENCES: Mapping[str, Promise] = {
    Act.PUBLISHED: _("%(who)s published “%(page)s” in %(languages)s."),
    Act.SCHEDULED: _("%(who)s planned to publish “%(page)s” in %(languages)s on %(at)s."),
    Act.CANCELLED: _("%(who)s took back what was planned for “%(page)s” in %(languages)s."),
    Act.WITHDRAWN: _("%(who)s withdrew “%(page)s” in %(languages)s."),
    Act.WITHDRAWAL_PLANNED: _("%(who)s planned to withdraw “%(page)s” in %(languages)s on %(at)s."),
    Act.CONFIRMED: _("%(who)s confirmed texts of “%(page)s” (%(number)s)."),
    Act.TAKEN_BACK: _("%(who)s took back a confirmation on “%(page)s”."),
    Act.WAIVED: _("%(who)s let a finding stand on “%(page)s”, under “%(place)s”."),
    Act.REVIEWED: _("%(who)s recorded a review of “%(page)s” in %(languages)s."),
    Act.PHOTO_REMOVED: _("%(who)s removed a photo everywhere."),
    Act.ADDRESS_CHANGED: _("%(who)s changed the web address of “%(page)s”."),
    Act.PAGE_DELETED: _("%(who)s deleted the page “%(page)s”, which was never published."),
    Act.CLINIC_CHANGED: _("%(who)s changed the clinic’s details: %(columns)s."),
    Act.LOGGED_IN: _("%(who)s logged in."),
    Act.LOGGED_OUT: _("%(who)s logged out."),
    Act.LOGIN_FAILED: _("Wrong logins as %(login)s between %(begin)s and %(end)s: %(number)s."),
    Act.LOGIN_MADE: _("%(who)s made a login for %(login)s."),
    Act.LOGIN_SWITCHED_OFF: _("%(who)s switched off the login of %(login)s."),
    Act.LOGIN_SWITCHED_ON: _("%(who)s switched on the login of %(login)s again."),
    Act.LOGIN_DELETED: _("%(who)s deleted the login of %(login)s."),
    Act.ROLE_GIVEN: _("%(who)s gave %(login)s the role “%(role)s”."),
    Act.ROLE_TAKEN: _("%(who)s took the role “%(role)s” away from %(login)s."),
    Act.PASSWORD_CHANGED: _("%(who)s changed the password of %(login)s."),
    Act.PASSWORD_BY_MAIL: _(
        "A new password for %(login)s was set with a link that was sent by mail."
    ),
    Act.MAIL_CHANGED: _("%(who)s changed the mail address of %(login)s."),
    Act.USER_NAME_CHANGED: _("%(who)s changed the user name of %(login)s to %(new)s."),
    Act.FACTOR_ADDED: _("%(who)s added %(factor)s as a second step of signing in."),
    Act.FACTOR_REMOVED: _("%(who)s removed %(factor)s as a second step of signing in."),
    Act.FACTORS_RESET: _("%(who)s reset the second step of %(login)s, who sets up a new one."),
    Act.LOADED: _("On the server, pages were loaded from files (%(number)s)."),
    Act.DUMPED: _("On the server, all pages were written to files."),
    Act.BACKED_UP: _("On the server, a backup was made."),
    Act.RESTORED: _("On the server, a backup was restored."),
    Act.LOG_EXPORTED: _("%(who)s took a copy of this list."),
}
FACTORS: Mapping[str, Promise] = {
    PASSKEY: _("a passkey"),
    AUTHENTICATOR_APP: _("an app that shows codes"),
    RECOVERY_CODES: _("new recovery codes"),
}
OWN_PASSWORD = _("%(who)s changed their own password.")


def in_words(entry: AuditEntry) -> str:
    """A sentence; of an act that this version does not know, its name."""
    sentence = SENTENCES.get(entry.act)
    if entry.act == Act.PASSWORD_CHANGED and "login" not in entry.details:
        sentence = OWN_PASSWORD
    return str(sentence) % _Words(entry) if sentence else entry.act


def page_in_words(entry: AuditEntry) -> str:
    names = {code: getattr(entry, f"page_{code}") for code in LANGUAGES}
    return names.get(get_language()) or names["en"] or names["bn"]


def who_in_words(entry: AuditEntry) -> str:
    """Empty where nobody knows, as with a wrong login."""
    if entry.act in audit.BY_NOBODY_KNOWN:
        return ""
    return entry.person_name if entry.person else gettext("Somebody on the server")


class _Words:
    """The parts of an entry's sentence, each put into words when the sentence has it."""

    def __init__(self, entry: AuditEntry):
        self.entry, self.details = entry, entry.details

    def __getitem__(self, name: str) -> str:
        return getattr(self, name)()

    def who(self) -> str:
        return who_in_words(self.entry)

    def page(self) -> str:
        return page_in_words(self.entry)

    def languages(self) -> str:
        names = [
            str(LANGUAGE_NAMES[code]) for code in LANGUAGES if code in self.details["languages"]
        ]
        return gettext(" and ").join(names)

    def at(self) -> str:
        return date_in_words(datetime.fromisoformat(self.details["at"]), "j F Y, H:i")

    def number(self) -> str:
        return in_active_digits(self.details["number"])

    def place(self) -> str:
        section = self.details["section"]
        try:
            return label_of(Place(section, self.details["item"]))
        except KeyError:  # a page had such a section once
            return section

    def columns(self) -> str:
        return ", ".join(map(column_in_words, self.details["columns"]))

    def login(self) -> str:
        return self.details["login"] or gettext("an unknown name")

    def new(self) -> str:
        return self.details["new"]

    def role(self) -> str:
        return gettext(self.details["role"])

    def factor(self) -> str:
        return str(FACTORS[self.details["factor"]])

    def begin(self) -> str:
        return date_in_words(self.entry.done_at, "H:i")

    def end(self) -> str:
        return date_in_words(self.entry.done_at + timedelta(hours=1), "H:i")
