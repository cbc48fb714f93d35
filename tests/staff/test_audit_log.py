"""The page “Who did what”: what it says, to whom, and how it is searched and copied."""

import csv
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from treatments.document.places import PARTS
from treatments.models import Act, AuditEntry, FailedLogins, audit
from treatments.publishing.publish import publish, withdraw
from treatments.staff.acts_in_words import SENTENCES, in_words
from treatments.staff.audit_log import A_PAGE, FOR_PUBLISHERS, as_text

from ..admin_forms import form_data
from ..conftest import NOW
from ..pages import soup, words
from .test_in_bangla import left_in_english, switch
from .test_roles import people

__all__ = ["people"]

URL = reverse("admin:treatments_auditentry_changelist")
DAY = timedelta(days=1)


@pytest.fixture
def rina(db) -> User:
    return User.objects.create_user("rina7", first_name="Rina", last_name="Akter", is_staff=True)


@pytest.fixture
def week(rina, nurse, iontophoresis):
    """What Rina and the nurse did on two days, long after the site was loaded."""
    withdraw(iontophoresis, ["bn"], now=NOW + DAY, by=rina)
    publish(iontophoresis.snapshots.first(), ["bn"], now=NOW + 2 * DAY, by=rina)
    audit.record(Act.LOGGED_IN, now=NOW + 2 * DAY, by=nurse)


def lines(response) -> list[str]:
    return [" ".join(line.get_text(" ").split()) for line in soup(response).select(".day li")]


def days(response) -> list[str]:
    return [heading.get_text() for heading in soup(response).select(".day h2")]


def asked(client, **fields):
    """The page as its form brings it."""
    return client.get(URL, form_data(client.get(URL).content, "choose") | fields)


def test_it_says_in_plain_words_who_did_what_the_newest_first(staff, week, iontophoresis):
    page = asked(staff, since="2026-03-10", until="2026-03-11")
    assert days(page) == ["Wednesday, 11 March 2026", "Tuesday, 10 March 2026"]
    assert lines(page) == [
        "10:00 nurse logged in.",
        f"10:00 Rina Akter (rina7) published “{iontophoresis}” in Bangla.",
        f"10:00 Rina Akter (rina7) withdrew “{iontophoresis}” in Bangla.",
    ]


def test_it_says_so_in_bangla_with_its_digits(staff, week, iontophoresis):
    switch(staff)
    page = asked(staff, since="2026-03-10", until="2026-03-11")
    title = iontophoresis.translations.get(language_code="bn").title
    assert days(page)[0].endswith("১১ মার্চ ২০২৬")
    assert lines(page)[1] == f"১০:০০ Rina Akter (rina7) “{title}” পাতাটি বাংলা ভাষায় প্রকাশ করেছেন।"
    assert not left_in_english(soup(page), ("Rina Akter (rina7)", "nurse"))


def test_two_people_of_the_same_name_are_told_apart(staff, nurse, rina):
    namesake = User.objects.create_user("rina8", first_name="Rina", last_name="Akter")
    for person in (rina, namesake):
        audit.record(Act.LOGGED_OUT, now=NOW + DAY, by=person)
    names = {"Rina Akter (rina7)", "Rina Akter (rina8)"}
    page = asked(staff, act="logged_out")
    assert {line.removeprefix("10:00 ") for line in lines(page)} == {
        f"{name} logged out." for name in names
    }
    assert names < {option.get_text() for option in soup(page).select("#id_person option")}
    _header, *rows = copied(staff, act="logged_out")
    assert {row[2] for row in rows} == names


def test_it_stands_among_the_pages_of_the_start_page(staff, site):
    (link,) = soup(staff.get("/admin/")).select(f"#content-main th a[href='{URL}']")
    assert link.get_text(strip=True) == "Who did what"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "published"}, ["published"]),
        ({"person": "rina7"}, ["published", "withdrew"]),
        ({"person": "nurse"}, ["logged in"]),
        ({"person": "server"}, []),
        ({"page": "iontophoresis", "since": "2026-03-11"}, ["published"]),
        ({"until": "2026-03-10"}, ["withdrew"]),
        ({"since": "2026-03-12"}, []),
    ],
)
def test_it_is_searched_by_person_page_kind_and_day(staff, week, iontophoresis, fields, told):
    keys = {"iontophoresis": iontophoresis.pk}
    keys |= {each.username: each.pk for each in User.objects.all()}
    fields = {"since": "2026-03-10", "until": "2026-03-20"} | fields
    found = lines(asked(staff, **{name: keys.get(value, value) for name, value in fields.items()}))
    assert len(found) == len(told)
    assert all(word in line for word, line in zip(told, found, strict=True))


def test_a_person_and_a_page_that_are_gone_can_still_be_chosen(staff, week, rina, iontophoresis):
    gone = rina.pk
    rina.delete()
    chosen = soup(staff.get(URL)).select_one(f"#id_person option[value='{gone}']")
    assert chosen.get_text() == "Rina Akter (rina7)"
    assert "Rina Akter" in lines(asked(staff, person=gone))[0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"since": "yesterday"}, "Choose a day"),
        ({"since": "0001-01-01"}, "Choose a day"),
        ({"until": "0001-01-01"}, "Choose a day"),
        ({"since": "9999-12-31"}, "Choose a day"),
        ({"until": "9999-12-31"}, "Choose a day"),
        ({"since": "2026-03-11", "until": "2026-03-10"}, "before the first"),
        ({"person": "999999"}, "not in the list"),
        ({"act": "'"}, "not in the list"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(staff, week, fields, said):
    page = asked(staff, **fields)
    assert said in words(soup(page).select_one("#choose .errorlist")) and not lines(page)


@pytest.mark.parametrize("number", ["0", "x", "٣", "-1", "99999999999", "9999"])
def test_no_number_of_a_page_breaks_it(staff, week, number):
    assert staff.get(URL, {"p": number}).status_code == 200


def test_nothing_to_show_is_said(staff, week):
    page = asked(staff, since="2030-01-01")
    assert "Nothing is like this." in words(soup(page))


def test_it_is_read_fifty_at_a_time_with_few_queries(staff, nurse, site):
    for minute in range(120):
        audit.record(Act.LOGGED_OUT, now=NOW + DAY + timedelta(minutes=minute), by=nurse)
    with CaptureQueriesContext(connection) as few:
        first = asked(staff, act="logged_out")
    of_the_log = [query["sql"] for query in few if "treatments_auditentry" in query["sql"]]
    assert len(of_the_log) == 6  # the form was read first: two times the list, people and pages
    assert len(lines(first)) == A_PAGE
    (older,) = soup(first).select(".pages a")
    second = staff.get(URL + older["href"])
    assert len(lines(second)) == A_PAGE and not {*lines(first)} & {*lines(second)}
    newer, older = soup(second).select(".pages a")
    assert len(lines(staff.get(URL + older["href"]))) == 20
    assert lines(staff.get(URL + newer["href"])) == lines(first)


# --- Who sees what --------------------------------------------------------------------------------


def test_a_publisher_sees_pages_and_no_logins(client, people, week):
    client.force_login(people["Publisher"])
    FailedLogins.objects.create(login="rina7", hour=NOW)
    page = client.get(URL)
    assert any("withdrew" in line for line in lines(page))
    assert not any("logged" in line or "login" in line for line in lines(page))
    assert not soup(page).select("#id_act option[value=logged_in]")
    assert not lines(asked(client, act="logged_in"))
    copied = client.post(reverse("admin:treatments_auditentry_copy")).content.decode()
    assert "withdrew" in copied and "logged in" not in copied


def test_an_administrator_sees_wrong_logins_while_they_are_counted(client, people, week):
    client.force_login(people["Administrator"])
    FailedLogins.objects.create(login="", hour=NOW, number=7)
    assert lines(client.get(URL))[0] == (
        "Wrong logins as an unknown name between 10:00 and 11:00: 7."
    )


def test_every_act_belongs_to_pages_or_to_logins_and_has_a_sentence(db):
    assert {*SENTENCES} == {*Act}
    assert {*FOR_PUBLISHERS} < {*Act}


EXAMPLES = {
    "languages": ["en"], "at": "2026-03-09T04:00:00+00:00", "number": 3, "login": "Karim", "new": "karim8",
    "role": "Editor", "factor": "passkey", "section": "prose", "item": "title", "columns": ["phones", "address_en"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "bn"])
def test_every_act_can_be_said(db, language):
    with translation.override(language):
        for act in Act:
            entry = AuditEntry(act=act, done_at=NOW, person=1, person_name="Rina", page=1)
            entry.page_en = entry.page_bn = "ক"
            entry.details = EXAMPLES
            said = in_words(entry)
            assert "%" not in said and said.endswith("." if language == "en" else "।")
        for section, part in PARTS.items():
            entry = AuditEntry(act=Act.WAIVED, details={"section": section, "item": part.items[0]})
            assert section not in ("prose", "plan") or f"“{section}”" not in in_words(entry)
    assert in_words(AuditEntry(act="of_a_later_version")) == "of_a_later_version"
    gone = AuditEntry(act=Act.WAIVED, details={"section": "no-such-section", "item": ""})
    assert "no-such-section" in in_words(gone)


# --- A copy of it ---------------------------------------------------------------------------------


def copied(client, **fields) -> list[list[str]]:
    form = form_data(asked(client, **fields).content, "copy")
    answer = client.post(reverse("admin:treatments_auditentry_copy"), form)
    assert (
        answer["Content-Type"].startswith("text/csv")
        and "attachment" in answer["Content-Disposition"]
    )
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_a_copy_has_what_was_asked_for_and_is_recorded(staff, week, iontophoresis):
    header, *rows = copied(staff, act="published", since="2026-03-11", until="2026-03-11")
    assert header == ["Number", "When", "Who", "What", "Page", "In words"]
    ((number, *row),) = rows
    assert row[:4] == ["2026-03-11 10:00:00", "Rina Akter (rina7)", "published", str(iontophoresis)]
    assert AuditEntry.objects.get(number=number).act == Act.PUBLISHED
    newest = AuditEntry.objects.order_by("number").last()
    assert (newest.act, newest.person_name) == (Act.LOG_EXPORTED, "nurse")
    assert abs(newest.done_at - timezone.now()) < DAY


def test_no_cell_is_taken_for_a_formula(staff, rina, iontophoresis):
    rina.first_name = '=HYPERLINK("http://example.org")'
    rina.save()
    withdraw(iontophoresis, ["bn"], now=NOW + DAY, by=rina)
    _header, row = copied(staff, act="withdrawn")
    assert row[2].startswith("'=") and row[5].startswith("'=")
    for sign in "=+-@\t\r\n":
        assert as_text(f"{sign}1") == f"'{sign}1"
    assert as_text("Rina = 1") == "Rina = 1"


@pytest.mark.parametrize("since", ["x", "0001-01-01"])
def test_a_copy_of_what_cannot_be_read_leads_back_and_is_not_recorded(staff, week, since):
    before = AuditEntry.objects.count()
    answer = staff.post(reverse("admin:treatments_auditentry_copy"), {"since": since}, follow=True)
    assert "Choose a day" in words(soup(answer)) and AuditEntry.objects.count() == before
