"""What staff are told of what is live is what the time line holds."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.language.text import normalise
from treatments.models import Treatment
from treatments.publishing.publish import cancel_scheduled, withdraw
from treatments.publishing.snapshots import newest_snapshot, save_snapshot
from treatments.staff.publication import language_statuses

from ..admin_forms import form_data, page_of
from ..pages import soup, words
from ..publishing.reading import publish_as_read, read_both

DAYS = 5


@pytest.fixture
def day():
    """A function that gives the moment so many days from now, on a whole minute."""
    now = timezone.now().replace(second=0, microsecond=0)
    return lambda number: now + timedelta(days=number)


def in_words(moment) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def other_words(treatment, translator: str = "রিনা"):
    """A new draft, in which no check finds anything; gives its snapshot."""
    for prose in treatment.translations.all():
        prose.translated_by = translator
        prose.save()
    return save_snapshot(Treatment.objects.get(pk=treatment.pk), now=timezone.now())


def moment_fields(moment) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {"when": "later", "date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def answer(staff, view: str, treatment, **typed):
    """What comes when a form was sent as it was found, with these fields.

    A form that is shown once more, since another moment was asked for, is sent once more.
    """
    page = reverse(f"admin:treatments_treatment_{view}", args=[treatment.pk])
    shown = soup(staff.get(page))
    for _time in range(2):
        form = shown.select_one("form.publish-form")
        assert typed.keys() <= {field["name"] for field in form.select("input[name]")}
        data = form_data(str(form), form.get("id"))
        shown = soup(staff.post(page, data | typed, follow=True))
        if shown.select(".messagelist, .refusal"):
            break
    return shown


def sent(staff, view: str, treatment, **typed) -> str:
    """What staff are told then."""
    return words(answer(staff, view, treatment, **typed).select_one(".messagelist")).strip()


def state(staff, treatment, language: str) -> str:
    page = soup(staff.get(page_of(treatment)))
    return words(page.select(".states .state")[("en", "bn").index(language)])


def first_page(staff, treatment, language: str) -> str:
    rows = soup(staff.get("/admin/")).select("tbody tr")
    (row,) = (
        each for each in rows if each.find("th") and each.th.find("a", href=page_of(treatment))
    )
    return words(row.find_all("td")[("en", "bn").index(language)])


# --- Every state ----------------------------------------------------------------------------------

actions = st.one_of(
    st.tuples(st.just("publish"), st.integers(0, DAYS), st.sampled_from([0, 1])),
    st.tuples(st.just("withdraw"), st.integers(0, DAYS), st.booleans()),
    st.tuples(st.just("cancel"), st.integers(0, 3), st.none()),
)


def promised(status, moment) -> bool:
    """Whether the page can be read at a later moment, going by what staff are shown."""
    stretches = [(status.live.live_from, status.withdrawal)] if status.live else []
    stretches += [(publication.live_from, gone) for publication, gone in status.planned]
    last = max((each for each in stretches if each[0] <= moment), default=None)
    return last is not None and (last[1] is None or moment < last[1])


def test_what_is_shown_is_what_will_be(iontophoresis):
    now = timezone.now()
    versions = [newest_snapshot(iontophoresis), other_words(iontophoresis)]

    @settings(
        max_examples=60, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.lists(actions, max_size=6))
    def run(steps):
        with transaction.atomic():
            for name, number, how in steps:
                at = now + timedelta(days=number)
                line = iontophoresis.publications.filter(language="en")
                if name == "publish":
                    publish_as_read(versions[how], ["en"], now=now, at=at)
                elif name == "withdraw":
                    withdraw(iontophoresis, ["en"], now=now, at=at, keep_planned=how)
                else:
                    cancel_one(line, number, now)
                compare_states(iontophoresis, now)
            transaction.set_rollback(True)

    run()


def cancel_one(line, number: int, now) -> None:
    """Takes one back; nobody who could read a page before may read none for that."""
    planned = list(line.filter(live_from__gt=now).order_by("live_from"))
    if number < len(planned):
        one = planned[number]
        begin, end = one.live_from, one.live_until
        before = line.filter(live_until=begin, withdrawn=False).first()
        cancel_scheduled(one, now=now)
        if before and before.live_from != begin:
            before.refresh_from_db()
            assert before.live_until == end


def compare_states(treatment, now) -> None:
    english, _bangla = language_statuses(treatment, newest_snapshot(treatment))
    for half_days in range(1, 2 * DAYS + 4):
        moment = now + timedelta(days=half_days / 2)
        is_live = treatment.publications.live(moment).filter(language="en").exists()
        assert promised(english, moment) == is_live, half_days / 2


# --- The words ------------------------------------------------------------------------------------


def test_a_gap_before_what_is_planned_is_told_of(staff, iontophoresis, day):
    """The page of tomorrow does not hide that there is none tonight."""
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(3))
    said = sent(
        staff,
        "withdraw",
        iontophoresis,
        languages=["en"],
        keep_planned="on",
        **moment_fields(day(1)),
    )
    assert f"English will be withdrawn on {in_words(day(1))}." in said
    assert f"It comes back on {in_words(day(3))}, as planned." in said
    assert f"Will be withdrawn on {in_words(day(1))}." in state(staff, iontophoresis, "en")
    assert f"goes live on {in_words(day(3))}" in state(staff, iontophoresis, "en")
    assert f"to be withdrawn {in_words(day(1))}" in first_page(staff, iontophoresis, "en")


def test_what_is_planned_to_come_and_go_is_told_to_go(staff, iontophoresis, day):
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(1))
    withdraw(iontophoresis, ["en"], now=timezone.now(), at=day(3))
    for shown in (state, first_page):
        text = shown(staff, iontophoresis, "en")
        assert text.lower().count("withdrawn") == 1 and in_words(day(3)) in text
    history = reverse("admin:treatments_treatment_history", args=[iontophoresis.pk])
    planned = f"planned from {in_words(day(1))} until {in_words(day(3))}"
    assert planned in words(soup(staff.get(history)))


def test_a_withdrawal_at_the_moment_of_the_plan_leaves_no_plan(staff, iontophoresis, day):
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(2))
    said = sent(staff, "withdraw", iontophoresis, languages=["en"], **moment_fields(day(2)))
    assert f"English will be withdrawn on {in_words(day(2))}." in said and "cancelled" in said
    assert "Scheduled" not in state(staff, iontophoresis, "en")


def test_what_is_not_live_then_is_said_to_be_withdrawn_by_nobody(staff, iontophoresis, day):
    withdraw(iontophoresis, ["en"], now=timezone.now(), at=day(1))
    said = sent(staff, "withdraw", iontophoresis, languages=["en"], **moment_fields(day(2)))
    assert said == "English is not live then anyway. Nothing was changed."


def test_a_plan_that_is_kept_with_nothing_live_changes_nothing(staff, iontophoresis, day):
    withdraw(iontophoresis, ["en"], now=timezone.now())
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(2))
    said = sent(staff, "withdraw", iontophoresis, languages=["en"], keep_planned="on")
    assert said == "English is not live then anyway. Nothing was changed."
    assert "Scheduled" in state(staff, iontophoresis, "en")


def test_the_form_of_a_withdrawal_says_when(staff, iontophoresis, day):
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(2))
    page = reverse("admin:treatments_treatment_withdraw", args=[iontophoresis.pk])
    text = words(soup(staff.get(page)))
    assert "or from the moment that you choose" in text
    assert "From the moment of the withdrawal on this is cancelled too" in text


def test_what_is_published_now_tells_what_was_planned_after_it(staff, iontophoresis, day):
    withdraw(iontophoresis, ["bn"], now=timezone.now(), at=day(2))
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(3))
    other_words(iontophoresis, "মিনা")
    read_both(iontophoresis, now=timezone.now())
    said = sent(staff, "publish", iontophoresis)
    assert f"English is live now. Other words replace it on {in_words(day(3))}, as planned." in said
    assert f"Bangla is live now. It will be withdrawn on {in_words(day(2))}, as planned." in said


def test_what_is_only_planned_is_not_said_to_be_live(staff, iontophoresis, day):
    withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    publish_as_read(newest_snapshot(iontophoresis), ["en", "bn"], now=timezone.now(), at=day(1))
    said = sent(staff, "publish", iontophoresis, **moment_fields(day(2)))
    assert "was live" not in said and "what is live then does not change" in said


def test_the_other_way_out_of_a_refusal_withdraws_when_it_says(staff, iontophoresis, day):
    """Publish one language and withdraw the other, both tomorrow."""
    benefit = iontophoresis.benefit_set.first()
    benefit.text_en, benefit.text_bn = "It helps 9 people.", normalise("৯ জনের উপকার হয়।")
    benefit.save()
    save_snapshot(iontophoresis, now=timezone.now())
    read_both(iontophoresis, now=timezone.now())
    read_both(iontophoresis, ["en"], now=timezone.now(), at=day(1), withdrawing=["bn"])
    refused = answer(staff, "publish", iontophoresis, languages=["en"], **moment_fields(day(1)))
    (way,) = (link for link in refused.select(".refusal a") if "withdraw" in words(link))
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    looked_at = staff.get(page + way["href"])
    response = staff.post(page, form_data(looked_at.content, "publish"), follow=True)
    said = words(soup(response).select_one(".messagelist"))
    assert f"Bangla will be withdrawn on {in_words(day(1))}." in said
    assert "cannot open" not in said


def test_a_cancelled_plan_takes_nothing_with_it(staff, iontophoresis, day):
    """What it was to replace had been planned to be withdrawn, later than the plan."""
    withdraw(iontophoresis, ["en"], now=timezone.now(), at=day(4))
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(2))
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    (form,) = soup(staff.get(page)).select(".scheduled form")
    told = staff.post(form["action"], form_data(str(form), None), follow=True)
    assert "The schedule is cancelled." in words(soup(told))
    live = iontophoresis.publications.filter(language="en")
    assert live.live(day(3)).exists() and not live.live(day(4)).exists()
    assert f"Will be withdrawn on {in_words(day(4))}." in state(staff, iontophoresis, "en")


def test_a_draft_that_is_planned_already_waits_for_nobody(staff, iontophoresis, day):
    draft = other_words(iontophoresis)
    assert "after “Publish”" in state(staff, iontophoresis, "en")
    assert "ahead of the live page" in words(soup(staff.get("/admin/")))
    publish_as_read(draft, ["en", "bn"], now=timezone.now(), at=day(1))
    assert "after “Publish”" not in state(staff, iontophoresis, "en")
    assert "ahead of the live page" not in words(soup(staff.get("/admin/")))
    other_words(iontophoresis, "মিনা")
    assert "after “Publish”" in state(staff, iontophoresis, "en")


def test_the_command_says_what_comes_back_and_what_is_cancelled(iontophoresis, day):
    publish_as_read(other_words(iontophoresis), ["en"], now=timezone.now(), at=day(1))
    moment = f"{timezone.localtime(day(1)):%Y-%m-%d %H:%M}"

    def said(*options: str) -> str:
        out = StringIO()
        call_command("withdraw", "iontophoresis", *options, stdout=out)
        return out.getvalue()

    assert said("--keep-planned") == (f"iontophoresis: bn, en\n  en: comes back on {moment}\n")
    assert said() == (
        f"iontophoresis: was not live\n  en: cancelled what was planned for {moment}\n"
    )


def test_a_source_without_words_can_be_confirmed_on_a_page_in_one_language(iontophoresis):
    """It has an address and a citation, in whichever language the page is."""
    iontophoresis.source_set.update(note_en="", note_bn="")
    draft = other_words(iontophoresis)
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    assert publish_as_read(draft, ["en"], now=timezone.now())
