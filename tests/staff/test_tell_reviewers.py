"""A Reviewer is told by mail what waits: once a day at most, and nothing about anybody else."""

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from treatments.models import Clinic, ReviewerMail, StaffLanguage
from treatments.roles import make_groups

from .test_history import write


@pytest.fixture
def nahar(db) -> User:
    make_groups(Group, Permission)
    nahar = User.objects.create_user(
        "nahar", "nahar@example.org", first_name="Nahar", is_staff=True
    )
    nahar.groups.add(Group.objects.get(name="Reviewer"))
    return nahar


@pytest.fixture
def mail(settings, mailoutbox):
    settings.SENDS_MAIL = True
    settings.PUBLIC_URL = "https://skin.example.org"
    settings.DEFAULT_FROM_EMAIL = "site@example.org"
    return mailoutbox


def tell() -> str:
    out = StringIO()
    call_command("tell_reviewers", stdout=out, stderr=out)
    return out.getvalue()


def test_a_reviewer_is_told_which_page_how_many_texts_since_when_and_where(
    nahar, mail, iontophoresis
):
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    assert "nahar: told" in tell()
    [sent] = mail
    assert (sent.to, sent.from_email) == (["nahar@example.org"], "site@example.org")
    assert sent.subject == "1 page waits to be read in both languages"
    assert "Hello Nahar," in sent.body
    assert "Iontophoresis for sweating (in the clinic)" in sent.body
    assert "1 text to be read in both languages, since 11 March 2026" in sent.body
    page = f"https://skin.example.org/admin/treatments/treatment/{iontophoresis.pk}/publish/"
    assert page in sent.body


def test_each_reviewer_is_told_in_their_own_language(nahar, mail, iontophoresis):
    other = User.objects.create_user("rahim", "rahim@example.org", is_staff=True)
    other.groups.add(Group.objects.get(name="Reviewer"))
    StaffLanguage.objects.create(person=nahar, language="bn")
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    tell()
    bangla, english = mail
    assert bangla.subject == "১টি পাতা দুই ভাষায় পড়া বাকি"
    assert "ঘাম কমাতে আয়নটোফোরেসিস" in bangla.body and "১১ মার্চ ২০২৬" in bangla.body
    assert english.subject == "1 page waits to be read in both languages"


def test_nobody_is_told_twice_on_one_day(nahar, mail, iontophoresis):
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    tell()
    assert "told" not in tell() and len(mail) == 1
    ReviewerMail.objects.update(sent_on=timezone.localdate() - timedelta(days=1))
    tell()
    assert len(mail) == 2


def test_where_nothing_waits_no_mail_is_sent(nahar, mail, site):
    assert "Nothing waits" in tell()
    assert not mail and not ReviewerMail.objects.exists()


def test_without_a_mail_server_nothing_is_sent(nahar, mailoutbox, iontophoresis):
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    assert "EMAIL_URL" in tell()
    assert not mailoutbox


@pytest.mark.parametrize("who", ["no address", "switched off", "another role"])
def test_who_is_no_reviewer_with_an_address_is_told_nothing(nahar, mail, iontophoresis, who):
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    if who == "no address":
        nahar.email = ""
    nahar.is_active = who != "switched off"
    nahar.save()
    if who == "another role":
        nahar.groups.set([Group.objects.get(name="Administrator")])
    tell()
    assert not mail


def test_a_mail_that_could_not_be_sent_is_tried_again(nahar, mail, iontophoresis, monkeypatch):
    write(iontophoresis, text_en="It helps 7 of 10 people.")

    def refuse(*_args, **_more):
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        with pytest.raises(CommandError, match="1 could not be told"):
            tell()
    tell()
    assert len(mail) == 1


def test_a_mail_has_no_words_of_a_page_and_no_name_of_a_clinic(nahar, mail, iontophoresis):
    clinic = Clinic.the_one()
    clinic.name_en = "A clinic with a name"
    clinic.save()
    write(iontophoresis, text_en="It helps 7 of 10 people.")
    tell()
    assert "7 of 10" not in mail[0].body and clinic.name_en not in mail[0].body
