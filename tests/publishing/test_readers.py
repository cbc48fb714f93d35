"""Who may confirm what: tried as somebody would get round it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User

from treatments.models import LANGUAGES, Clinic, Publication
from treatments.publishing.comparison import compare
from treatments.publishing.confirmations import IsPlanned, NotYours, confirm, take_back
from treatments.publishing.publish import Refused, publish
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..conftest import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def publisher(db):
    user = User.objects.create_user("rina", is_staff=True)
    user.groups.add(Group.objects.get(name="Publisher"))
    return user


@pytest.fixture
def colleague(db):
    return User.objects.create_user("karim", is_staff=True)


def reword(treatment, uid, **columns):
    row = treatment.contraindication_set.get(uid=uid)
    for name, text in columns.items():
        setattr(row, name, text)
    row.save()


def confirms_all(treatment, by, languages=LANGUAGES, at=LATER, withdrawing=()):
    snapshot = newest_snapshot(treatment)
    keys = [each.key for each in compare(snapshot, languages, at=at, withdrawing=withdrawing).open]
    return confirm(snapshot, languages, keys, at=at, now=LATER, by=by, withdrawing=withdrawing)


@pytest.fixture
def four_eyes(iontophoresis):
    Clinic.objects.update(confirmed_by=Clinic.ConfirmedBy.ANOTHER)


@pytest.mark.parametrize(("languages", "withdrawing"), [(("en",), ("bn",)), (("en", "bn"), ())])
def test_who_wrote_one_language_confirms_it_in_no_choice(
    iontophoresis, publisher, four_eyes, languages, withdrawing
):
    reword(iontophoresis, "epilepsy", text_en="You have had fits.")
    save_snapshot(iontophoresis, now=LATER, by=publisher)
    with pytest.raises(NotYours):
        confirms_all(iontophoresis, publisher, languages, withdrawing=withdrawing)


def test_a_comma_from_somebody_else_does_not_make_the_words_theirs(
    iontophoresis, publisher, colleague, four_eyes
):
    reword(iontophoresis, "epilepsy", text_en="You have had fits.")
    save_snapshot(iontophoresis, now=LATER, by=publisher)
    bangla = iontophoresis.contraindication_set.get(uid="epilepsy").text_bn
    reword(iontophoresis, "epilepsy", text_bn=bangla.replace("।", " ।"))
    save_snapshot(iontophoresis, now=LATER, by=colleague)
    with pytest.raises(NotYours):
        confirms_all(iontophoresis, publisher)


def test_taking_back_takes_all_of_one_press(iontophoresis, publisher):
    reword(iontophoresis, "epilepsy", level="tell_us")
    save_snapshot(iontophoresis, now=LATER, by=publisher)
    (done,) = confirms_all(iontophoresis, publisher)
    assert take_back(iontophoresis, done.key, now=LATER, by=publisher)
    assert not iontophoresis.confirmations.filter(taken_back_at=None, confirmed_by=publisher)


def test_nothing_is_taken_back_that_a_plan_rests_on(iontophoresis, publisher):
    reword(iontophoresis, "epilepsy", text_en="You have had fits.")
    save_snapshot(iontophoresis, now=LATER, by=publisher)
    (done,) = confirms_all(iontophoresis, publisher, at=LATER + timedelta(days=1))
    tomorrow = LATER + timedelta(days=1)
    publish(newest_snapshot(iontophoresis), LANGUAGES, now=LATER, at=tomorrow)
    with pytest.raises(IsPlanned):
        take_back(iontophoresis, done.key, now=LATER, by=publisher)


def test_a_mark_of_a_draft_is_cleared_by_a_reviewer_only(iontophoresis, publisher):
    Publication.objects.all().delete()  # a page that was never live
    unmarked = newest_snapshot(iontophoresis)
    reword(iontophoresis, "epilepsy", to_confirm=True)
    save_snapshot(iontophoresis, now=LATER, by=publisher)
    brought_back = restore(unmarked, now=LATER, by=publisher)
    with pytest.raises(Refused):
        publish(brought_back, LANGUAGES, now=LATER)
    with pytest.raises(NotYours):
        confirms_all(iontophoresis, publisher)
