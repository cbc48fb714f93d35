"""What the change page, the start page and the history say of reading both languages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from treatments import checks
from treatments.checks import ASK, Check
from treatments.checks.passages import paired_texts
from treatments.models import Confirmation, Treatment
from treatments.publishing import preflight
from treatments.publishing.snapshots import save_snapshot
from treatments.roles import make_groups

from ..admin_forms import form_data, page_of
from ..pages import soup, squeezed, words
from ..photos.uploading import with_a_photo
from ..sheet import TextForm, opened


@pytest.fixture
def as_role(client, site, django_user_model):
    """The client of somebody with a role."""
    make_groups(Group, Permission)

    def log_in(role: str):
        user, _made = django_user_model.objects.get_or_create(
            username=role.lower(), defaults={"is_staff": True}
        )
        user.groups.set([Group.objects.get(name=role)])
        client.force_login(user)
        return client

    return log_in


def page(name: str, treatment: Treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def rewrite(treatment: Treatment, uid: str, **values):
    treatment.sideeffect_set.filter(uid=uid).update(**values)
    return save_snapshot(Treatment.objects.get(pk=treatment.pk), now=timezone.now())


def confirm_all(client, treatment: Treatment) -> None:
    """Presses every button of the publish page that confirms a text."""
    shown = soup(client.get(page("publish", treatment)))
    form = form_data(str(shown), "confirm")
    for button in shown.select("button[data-confirm]"):
        answer = client.post(shown.find(id="confirm")["action"], form | {"key": button["value"]})
        assert answer.status_code == 302


# --- The change page ------------------------------------------------------------------------------


def test_each_text_says_whether_it_is_confirmed_and_the_top_how_many_are_not(
    as_role, iontophoresis
):
    rewrite(iontophoresis, "blisters", text_en="A blister.")
    for role, link in (("Publisher", "Publish…"), ("Editor", "Read and confirm…")):
        shown = soup(as_role(role).get(page_of(iontophoresis)))
        needs = shown.select_one(".needs")
        assert words(needs.select_one(".count")).strip() == "1"
        assert needs.select_one("li a")["href"] == "#text-side_effects-blisters"
        assert "Side effects · To confirm" in " ".join(words(needs).split())
        (waiting,) = shown.select("article.is-open")
        assert waiting["id"] == "text-side_effects-blisters"
        items = shown.select("article[id^=text-side_effects]")
        assert sum("Confirmed" in words(item) for item in items) == len(items) - 1
        assert all(state.svg for state in shown.select(".state-of"))
        [leads] = [one for one in shown.select(".go a") if squeezed(one) == link]
        assert leads["href"] == page("publish", iontophoresis)

    confirm_all(as_role("Reviewer"), iontophoresis)
    shown = soup(as_role("Editor").get(page_of(iontophoresis)))
    assert "It can be published." in words(shown.find(id="needs"))
    assert not shown.select("article.is-open")


def test_only_a_reviewer_takes_the_mark_away_and_nothing_typed_is_lost(as_role, iontophoresis):
    rewrite(iontophoresis, "blisters", to_confirm=True)
    editor = as_role("Editor")
    form = opened(editor, iontophoresis, "side_effects", "blisters")
    assert form.form.find("input", attrs={"name": "to_confirm"})["aria-disabled"] == "true"
    assert "Only a Reviewer takes this away" in words(form.form)

    refused = form.save(text_en="What I typed.", to_confirm=None)
    again = TextForm(editor, refused)
    assert any("Only a Reviewer may say that a doctor has" in error for error in again.errors)
    assert again.says["text_en"] == "What I typed."
    assert iontophoresis.sideeffect_set.get(uid="blisters").to_confirm

    boss = as_role("Administrator")
    form = opened(boss, iontophoresis, "side_effects", "blisters")
    assert form.save(to_confirm=None).status_code == 302
    assert not iontophoresis.sideeffect_set.get(uid="blisters").to_confirm


def test_of_a_photo_too_only_a_reviewer_takes_the_mark_away(as_role, iontophoresis):
    photo = with_a_photo(iontophoresis)
    iontophoresis.photo_set.update(to_confirm=True)
    save_snapshot(iontophoresis, now=timezone.now())
    editor = as_role("Editor")
    form = opened(editor, iontophoresis, "photos", photo.uid)
    assert form.save(to_confirm=None).status_code == 422
    assert iontophoresis.photo_set.get().to_confirm


def test_a_reviewer_says_that_a_doctor_has_looked_at_it_unless_somebody_saved_meanwhile(
    as_role, iontophoresis
):
    rewrite(iontophoresis, "blisters", to_confirm=True)
    reviewer = as_role("Reviewer")
    shown = soup(reviewer.get(page_of(iontophoresis)))
    (button,) = shown.select("button[form=do][value='side_effects/blisters']")
    assert "A doctor has looked at it" in words(button)
    form = form_data(str(shown), "do") | {button["name"]: button["value"]}
    address = button["formaction"]

    rewrite(iontophoresis, "cracked-skin", text_en="Cracks.")
    told = reviewer.post(address, form, follow=True)
    assert "Somebody saved this treatment since you opened the page." in words(soup(told))
    assert iontophoresis.sideeffect_set.get(uid="blisters").to_confirm

    form = form_data(told.content, "do") | {button["name"]: button["value"]}
    told = reviewer.post(address, form, follow=True)
    assert "The mark is gone from the draft." in words(soup(told))
    assert not iontophoresis.sideeffect_set.get(uid="blisters").to_confirm
    assert iontophoresis.snapshots.first().saved_by.username == "reviewer"


# --- The start page and the history ---------------------------------------------------------------


@pytest.mark.parametrize("role", ["Editor", "Reviewer", "Publisher"])
def test_the_start_page_leads_to_what_is_to_be_read(as_role, iontophoresis, role):
    client = as_role(role)
    assert "to be read in both languages" not in words(soup(client.get("/admin/")))
    rewrite(iontophoresis, "blisters", text_en="A blister, now and then.")
    shown = soup(client.get("/admin/"))
    task = shown.find("a", string=lambda text: text and "1 text to be read in both" in text)
    assert task["href"] == page("publish", iontophoresis)
    assert "To be read in both languages 1 text" in " ".join(words(shown).split())
    assert client.get(task["href"]).status_code == 200


def test_the_history_leads_to_who_confirmed_which_words_and_what_was_taken_back(
    as_role, iontophoresis
):
    rewrite(iontophoresis, "blisters", text_en="A blister, now and then.")
    reviewer = as_role("Reviewer")
    confirm_all(reviewer, iontophoresis)
    listed = soup(reviewer.get(page("history", iontophoresis)))
    link = listed.find("a", string=lambda text: text and "Who confirmed what" in text)
    first = soup(reviewer.get(link["href"])).select_one("article")
    said = " ".join(words(first).split())
    assert "Side effects" in said and "A blister, now and then." in said
    assert "reviewer ·" in said and "read in both languages" in said
    assert first.find(attrs={"lang": "bn"}).get_text(strip=True)

    shown = soup(reviewer.get(page("publish", iontophoresis)))
    undo = next(
        button
        for button in shown.select("article button[data-undo]")
        if "now and then" in " ".join(button.find_parent("article").get_text(" ").split())
    )
    reviewer.post(undo["formaction"], form_data(str(shown), "confirm") | {"key": undo["value"]})
    assert "taken back" in words(soup(reviewer.get(link["href"])).select_one("article"))


def test_of_many_confirmations_fifty_are_on_a_page_the_newest_first(as_role, iontophoresis):
    iontophoresis.confirmations.all().delete()
    for number in range(51):
        Confirmation.objects.create(
            treatment=iontophoresis,
            section="side_effects",
            item="blisters",
            digest=str(number),
            words={"text": {"en": f"Words {number}.", "bn": ""}},
            confirmed_at=timezone.now() + timedelta(minutes=number),
        )
    client = as_role("Editor")
    first = soup(client.get(page("confirmations", iontophoresis)))
    assert len(first.select("article")) == 50 and "Words 50." in words(first.article)
    older = first.find("a", string="Older")["href"]
    assert "Words 0." in words(soup(client.get(page("confirmations", iontophoresis) + older)))


# --- Another order --------------------------------------------------------------------------------


def in_another_order(treatment: Treatment) -> None:
    first, second = treatment.sideeffect_set.order_by("position")[:2]
    rows = treatment.sideeffect_set
    rows.filter(pk=first.pk).update(position=second.position)
    rows.filter(pk=second.pk).update(position=first.position)


def with_exchanged_words(treatment: Treatment) -> None:
    first, second = treatment.sideeffect_set.order_by("position")[:2]
    for row, other in ((first, second), (second, first)):
        values = {name: getattr(other, name) for name in ("text_en", "text_bn", "frequency")}
        treatment.sideeffect_set.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("change_order", [in_another_order, with_exchanged_words])
def test_a_list_in_another_order_shows_what_moved_from_where_to_where(
    as_role, iontophoresis, change_order
):
    first, second = iontophoresis.sideeffect_set.order_by("position")[:2]
    change_order(iontophoresis)
    save_snapshot(Treatment.objects.get(pk=iontophoresis.pk), now=timezone.now())
    shown = soup(as_role("Publisher").get(page("publish", iontophoresis)))
    assert "Patients will no longer read this" not in words(shown)
    (entry,) = shown.select("[aria-labelledby=order] article")
    listed = entry.select_one(".words[lang=en]").get_text().splitlines()
    order = [f"1. {second.text_en}", f"2. {first.text_en}"]
    assert [line for line in listed if line in order] == order
    (gone,), (come,) = (entry.select(f".words[lang=en] {tag}") for tag in ("del", "ins"))
    assert gone.get_text() == come.get_text() in (first.text_en, second.text_en)


def test_a_list_in_another_order_is_shown_as_it_will_be(as_role, iontophoresis):
    first, second, *_rest = rows = iontophoresis.sideeffect_set.order_by("position")
    in_another_order(iontophoresis)
    new = "A new one."
    iontophoresis.sideeffect_set.create(position=0, text_en=new, text_bn="নতুন একটি।")
    save_snapshot(Treatment.objects.get(pk=iontophoresis.pk), now=timezone.now())
    shown = soup(as_role("Publisher").get(page("publish", iontophoresis)))
    (entry,) = shown.select("[aria-labelledby=order] article")
    listed = entry.select_one(".words[lang=en]").get_text().splitlines()
    texts = [new, second.text_en, first.text_en, *(row.text_en for row in rows[2:])]
    numbered = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
    assert [line for line in listed if line[:1].isdigit()] == numbered


def test_what_is_done_is_counted_in_the_texts_that_the_cards_show(as_role, iontophoresis):
    rewrite(iontophoresis, "blisters", text_en="A blister, now and then.")
    for benefit in iontophoresis.benefit_set.all():
        benefit.text_en, benefit.text_bn = f"{benefit.text_en} Ask us.", f"{benefit.text_bn} বলুন।"
        benefit.save()
    save_snapshot(Treatment.objects.get(pk=iontophoresis.pk), now=timezone.now())
    client = as_role("Publisher")
    cards = soup(client.get(page("publish", iontophoresis)))
    assert squeezed(cards.select_one("#bar [role=status]")) == "0 of 4 done"
    assert [squeezed(one) for one in cards.select("[data-number]")] == [
        "0 of 1 done",
        "0 of 3 done",
    ]
    confirm_all(client, iontophoresis)
    cards = soup(client.get(page("publish", iontophoresis)))
    assert squeezed(cards.select_one("#bar [role=status]")) == "1 of 4 done"
    assert squeezed(cards.select_one(".counts")) == "1 in safety lists 3 others"


# --- What is to be looked at ----------------------------------------------------------------------


class NowAndThen(Check):
    id = "now-and-then"
    name = why = "…"
    level = ASK

    def find(self, subject):
        for pair in paired_texts(subject):
            at = pair.en.find("now and then")
            if at >= 0:
                yield self.finding(
                    subject, pair.place, "How often?", english=((at, at + 12),), bangla=((0, 3),)
                )


@pytest.fixture
def asking(monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, NowAndThen()))
    preflight._findings.cache_clear()
    yield
    preflight._findings.cache_clear()


def test_what_is_to_be_looked_at_is_marked_in_both_texts_and_answered_by_confirming(
    asking, as_role, iontophoresis
):
    bangla = "মাঝে মাঝে ফোসকা পড়া।"
    rewrite(iontophoresis, "blisters", text_en="A blister, now and then.", text_bn=bangla)
    reviewer = as_role("Reviewer")
    (entry,) = soup(reviewer.get(page("publish", iontophoresis))).select("article")
    marks = {
        tuple(text.get_text() for text in side.select("mark.m1")): side["lang"]
        for side in entry.select(".words")
    }
    assert marks == {("now and then",): "en", (bangla[:3],): "bn"}
    look = entry.select_one(".look")
    assert "Please look:" in words(look) and "How often?" in words(look)
    assert [mark.get_text() for mark in look.select("mark.m1")] == ["now and then", bangla[:3]]
    shown = soup(reviewer.get(page_of(iontophoresis)))
    assert "Side effects · Please look" in " ".join(words(shown.find(id="needs")).split())
    beside = shown.find(id="text-side_effects-blisters").select_one(".said")
    assert "Please look:" in words(beside) and "How often?" in words(beside)

    confirm_all(reviewer, iontophoresis)
    assert "How often?" not in words(soup(reviewer.get(page("publish", iontophoresis))))
    assert "How often?" not in words(soup(reviewer.get(page_of(iontophoresis))))
