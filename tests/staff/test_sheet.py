"""The change page as the page itself: a text is opened, saved, confirmed, moved, put back alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from treatments.document.rows import from_rows
from treatments.document.sections import SECTIONS
from treatments.language.digits import ascii_digits
from treatments.language.rich_text import plain_text
from treatments.models import LANGUAGES, BodyArea, Snapshot, StaffLanguage, Treatment
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..admin_forms import form_data, page_of
from ..conftest import NOW, Visitor
from ..pages import soup, squeezed, words
from ..photos.pictures import photo
from ..publishing.reading import publish_as_read
from ..sheet import TextForm, article, now_says, opened, press_on, pressed, said, saved, text_of
from .test_roles import people

__all__ = ["people"]

PREGNANT = ("contraindications", "pregnancy")
LASTS = {"result_lasts_en": "A month", "result_lasts_bn": "এক মাস"}
SAME, KEEP = "Save: both say the same", "Save what stands in the fields"


# --- Saving one text ------------------------------------------------------------------------------


def test_the_page_has_every_text_in_both_languages_and_says_how_it_stands(staff, iontophoresis):
    page = soup(staff.get(page_of(iontophoresis)))
    document = from_rows(iontophoresis)
    for section, items in document.sections.items():
        for item in items:
            text = page.find(id=f"text-{section}-{item.uid}")
            for pair in item.pairs.values():
                for language in ("en", "bn"):
                    there = words(text).replace("\n", " ")
                    assert " ".join(plain_text(pair[language]).split()) in " ".join(there.split())
    assert "As shipped" in words(page.find(id="text-contraindications-pregnancy"))
    assert "It can be published." in words(page.find(id="needs"))


def test_of_a_new_page_only_what_says_something_is_ticked_as_done(staff, new_page):
    page = soup(staff.get(page_of(new_page)))
    signs = {one["id"]: squeezed(one) for one in page.select(".sections .left")}
    assert signs["left-photos"] == signs["left-plan"] == signs["left-benefits"] == "Empty"
    assert "done" not in signs.values()
    saved(staff, new_page, "result_lasts", "result_lasts", SAME, **LASTS)
    page = soup(staff.get(page_of(new_page)))
    assert squeezed(page.find(id="left-plan")) == "done"


def test_what_both_languages_lack_is_said_once(staff, new_page):
    page = soup(staff.get(page_of(new_page)))
    reasons = words(page.find(id="group-contraindications"))
    assert reasons.count("There is no reason not to have the treatment.") == 1
    assert words(page.find(id="needs")).count("There is no reason not to have the treatment.") == 1
    publish = reverse("admin:treatments_treatment_publish", args=[new_page.pk])
    stops = words(soup(staff.get(publish)).select_one(".stops"))
    assert stops.count("There is no reason not to have the treatment.") == 1


def test_every_text_has_its_name_over_it_or_is_named_by_its_section(staff, iontophoresis):
    page = soup(staff.get(page_of(iontophoresis)))
    for place, name in (
        ("result_lasts-result_lasts", "How long the result lasts"),
        ("prose-summary", "Summary"),
        ("body_areas-all", "Body areas"),
    ):
        assert squeezed(page.select_one(f"#text-{place} .field")).lower() == name.lower()


def test_the_way_to_the_page_names_it_once(staff, iontophoresis):
    there = [page_of(iontophoresis), text_of(iontophoresis, *PREGNANT)]
    page, text = (squeezed(soup(staff.get(one)).select_one(".breadcrumbs")) for one in there)
    assert page.count(str(iontophoresis)) == text.count(str(iontophoresis)) == 1
    assert page.endswith(f"› {iontophoresis}") and text.endswith("› Edit a text")


def test_the_page_asks_the_database_few_questions(
    staff, iontophoresis, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        staff.get(page_of(iontophoresis))
    add_and_delete(staff, iontophoresis)
    with django_assert_max_num_queries(16):
        staff.get(page_of(iontophoresis))


def test_a_saved_text_is_to_be_confirmed_and_is_confirmed_by_one_press(staff, iontophoresis):
    answer = saved(staff, iontophoresis, *PREGNANT, text_en="You are pregnant now.")
    assert answer.status_code == 302
    assert answer["Location"].endswith("#text-contraindications-pregnancy")
    assert "To confirm" in words(article(staff, iontophoresis, *PREGNANT))
    assert "You are pregnant now." in words(
        soup(staff.get(page_of(iontophoresis))).find(id="needs")
    )
    pressed(staff, iontophoresis, *PREGNANT, "Both say the same")
    assert "nurse" in words(article(staff, iontophoresis, *PREGNANT).find(class_="state-of"))
    assert newest_snapshot(iontophoresis).unconfirmed == 0


def test_what_was_changed_since_it_was_shown_is_not_confirmed(staff, iontophoresis):
    saved(staff, iontophoresis, *PREGNANT, text_en="You are pregnant now.")
    page = staff.get(page_of(iontophoresis))
    saved(staff, iontophoresis, *PREGNANT, text_en="You are not pregnant.")
    answer = press_on(staff, page, *PREGNANT, "Both say the same", follow=True)
    assert "Nothing was confirmed" in words(soup(answer))
    assert newest_snapshot(iontophoresis).unconfirmed == 1


def test_a_text_is_saved_and_confirmed_at_once_where_nothing_was_found(staff, iontophoresis):
    form = opened(staff, iontophoresis, "benefits", "safe")
    form.save(SAME, text_en="It is gentle.", text_bn="এটি কোমল।")
    assert newest_snapshot(iontophoresis).unconfirmed == 0


def test_what_blocks_is_saved_and_not_confirmed(staff, iontophoresis):
    form = opened(staff, iontophoresis, *PREGNANT)
    answer = form.save(SAME, follow=True, text_en="You are 3 months pregnant.")
    assert "Saved, but not confirmed" in words(soup(answer))
    assert "3 months" in said(iontophoresis, *PREGNANT, "text", "en")
    assert "Must be put right" in words(article(staff, iontophoresis, *PREGNANT))


@pytest.mark.parametrize(
    ("place", "field", "typed", "reason"),
    [
        (PREGNANT, "text_en", "x" * 2_001, "too long"),
        (PREGNANT, "text_bn", "বাংলা \ufffe", "cannot show"),
        (("what_it_is", "paragraph-1"), "text_en", f"<p>{'অ' * 5_000_000}</p>", "too long"),
        (("plan", "-"), "visit_min", "60", "smaller number first"),
        (("plan", "-"), "visit_max", "", "smaller number first"),
        (("plan", "-"), "visit_min", "", "smaller number first"),
        (("plan", "-"), "visit_max", "9999", "240"),
        (("plan", "-"), "visit_min", "0", "smaller number first"),
        (("plan", "-"), "visit_max", "soon", "whole number"),
        (("plan", "-"), "visit_min", "4-6", "the larger one into the second"),
        (("prose", "title"), "en-title", "x" * 121, "120"),
    ],
)
def test_wrong_input_is_explained_at_its_field_and_kept(
    staff, iontophoresis, place, field, typed, reason
):
    before = from_rows(iontophoresis).json
    answer = saved(staff, iontophoresis, *place, **{field: typed})
    assert answer.status_code == 422
    shown = soup(answer).find(attrs={"name": field})
    # An amount is refused as a whole, at its first field.
    near = shown.find_parent(class_="amount" if place[0] == "plan" else "field-of")
    assert reason in words(near)
    assert (shown.get("value") or shown.text.removeprefix("\n").strip("\r\n")) == typed
    assert from_rows(iontophoresis).json == before


def test_a_script_in_rich_text_never_reaches_the_draft(staff, iontophoresis):
    typed = '<p onclick="x()">Hello<script>alert(1)</script> <a href="javascript:x()">there</a></p>'
    saved(staff, iontophoresis, "results", "paragraph-1", text_en=typed)
    assert said(iontophoresis, "results", "paragraph-1", "text", "en") == "Hello there"


@pytest.mark.parametrize("language", ["en", "bn"])
def test_every_text_opens_and_saved_untouched_changes_nothing(staff, iontophoresis, language):
    StaffLanguage.objects.create(person=User.objects.get(), language=language)
    before = newest_snapshot(iontophoresis)
    page = soup(staff.get(page_of(iontophoresis)))
    links = [link["href"] for link in page.select(".text a.edit")]
    assert len(links) == len(page.select(".text"))
    for link in links:
        assert TextForm(staff, staff.get(link)).save().status_code == 302, link
    assert newest_snapshot(iontophoresis).pk == before.pk


@pytest.mark.parametrize(
    "there",
    ["nothing/at-all", "contraindications/nobody", "prose/nothing", "plan/x", "result_lasts/-"],
)
def test_what_is_no_text_is_not_found(staff, iontophoresis, there):
    section, item = there.split("/")
    assert staff.get(text_of(iontophoresis, section, item)).status_code == 404


@pytest.mark.parametrize(
    ("place", "typed", "shown"),
    [
        (("plan", "-"), {"visit_min": "৩১"}, "31–45"),
        (("plan", "-"), {"visit_min": "", "visit_max": ""}, "The current runs"),
        (("result_lasts", "result_lasts"), {"result_lasts_en": "A month"}, "A month"),
        (("prose", "summary"), {"en-summary": "It helps."}, "It helps."),
    ],
)
def test_what_is_no_item_is_saved_and_shown(staff, iontophoresis, place, typed, shown):
    before = newest_snapshot(iontophoresis).pk
    assert saved(staff, iontophoresis, *place, **typed).status_code == 302
    assert newest_snapshot(iontophoresis).pk != before
    item = "all" if place[1] == "-" else place[1]
    assert shown in words(article(staff, iontophoresis, place[0], item))
    kept = {name: str(ascii_digits(value)) for name, value in typed.items()}
    assert opened(staff, iontophoresis, *place).says.items() >= kept.items()


def test_body_areas_are_ticked_and_unticked(staff, iontophoresis):
    form = opened(staff, iontophoresis, "body_areas", "-")
    ticked = form.says["body_areas"]
    form.save(body_areas=ticked[:1])
    assert len(from_rows(iontophoresis).body_areas) == 1
    assert opened(staff, iontophoresis, "body_areas", "-").says["body_areas"] == ticked[0]


def test_a_body_area_that_is_not_there_yet_is_named_and_ticked(staff, iontophoresis):
    form = opened(staff, iontophoresis, "body_areas", "-")
    assert form.save(name_en="Elbows", name_bn="কনুই").status_code == 302
    assert "Elbows" in [area.en for area in now_says(iontophoresis).body_areas.values()]
    assert "Elbows" in words(article(staff, iontophoresis, "body_areas", "all"))
    refused = opened(staff, iontophoresis, "body_areas", "-").save(name_en="elbows", name_bn="হাত")
    assert refused.status_code == 422
    assert TextForm(staff, refused).errors == ["Another body area has this name."] * 2
    refused = opened(staff, iontophoresis, "body_areas", "-").save(name_en="Knees")
    assert refused.status_code == 422 and not BodyArea.objects.filter(name_en="Knees").exists()


def test_only_who_may_add_body_areas_is_asked_for_another(client, iontophoresis, people):
    client.force_login(people["Editor"])
    form = opened(client, iontophoresis, "body_areas", "-")
    assert set(form.says) == {"csrfmiddlewaretoken", "opened", "body_areas"}


# --- Two people -----------------------------------------------------------------------------------


def test_other_texts_merge_unseen(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    saved(staff, iontophoresis, "benefits", "safe", text_en="Theirs.")
    assert mine.save(text_en="Mine.").status_code == 302
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Mine."
    assert said(iontophoresis, "benefits", "safe", "text", "en") == "Theirs."


def test_the_half_that_only_one_changed_is_kept(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    saved(staff, iontophoresis, *PREGNANT, text_bn="ওদের কথা।")
    assert mine.save(text_en="Mine.").status_code == 302
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Mine."
    assert said(iontophoresis, *PREGNANT, "text", "bn") == "ওদের কথা।"
    assert "To confirm" in words(article(staff, iontophoresis, *PREGNANT))


def test_nobody_confirms_what_a_colleague_changed_meanwhile(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    saved(staff, iontophoresis, *PREGNANT, text_bn="আপনি গর্ভবতী, এখন।")
    answer = mine.save(SAME, follow=True, text_en="You are pregnant now.")
    assert "read both languages again" in words(soup(answer))
    assert "To confirm" in words(article(staff, iontophoresis, *PREGNANT))
    assert newest_snapshot(iontophoresis).unconfirmed == 1


def test_the_same_half_asks_and_shows_both(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    saved(staff, iontophoresis, *PREGNANT, text_en="Theirs it is.")
    asked = mine.save(text_en="Mine it is.")
    assert asked.status_code == 409
    assert "while you were writing" in words(soup(asked)) and "Theirs" in words(soup(asked))
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Theirs it is."
    again = TextForm(staff, asked)
    assert again.says["text_en"] == "Mine it is."
    assert again.save(KEEP).status_code == 302
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Mine it is."


def test_where_one_half_asks_the_other_that_only_they_changed_is_kept(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    theirs = {"text_en": "Theirs it is.", "text_bn": "ওদের কথা।", "level": "tell_us"}
    saved(staff, iontophoresis, *PREGNANT, **theirs)
    again = TextForm(staff, mine.save(text_en="Mine it is."))
    shown = {name: again.says[name] for name in theirs}
    assert shown == theirs | {"text_en": "Mine it is."}
    assert again.save(KEEP).status_code == 302
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Mine it is."
    assert said(iontophoresis, *PREGNANT, "text", "bn") == "ওদের কথা।"


@pytest.mark.parametrize(
    ("place", "mine", "theirs"),
    [
        (("prose", "title"), {"en-title": "Mine"}, {"en-title": "Theirs", "bn-title": "ওদের"}),
        (
            ("result_lasts", "result_lasts"),
            {"result_lasts_en": "Mine"},
            {"result_lasts_en": "Theirs", "result_lasts_bn": "ওদের"},
        ),
        (("plan", "-"), {"visit_max": "50"}, {"visit_max": "60", "course_max": "20"}),
    ],
)
def test_so_it_is_with_what_is_no_item(staff, iontophoresis, place, mine, theirs):
    form = opened(staff, iontophoresis, *place)
    saved(staff, iontophoresis, *place, **theirs)
    again = TextForm(staff, form.save(**mine))
    assert again.says.items() >= (theirs | mine).items()
    assert again.save(KEEP).status_code == 302
    assert opened(staff, iontophoresis, *place).says.items() >= (theirs | mine).items()


def test_a_clash_says_who_wrote_it_and_not_who_saved_last(
    staff, client, iontophoresis, django_user_model
):
    rahima = Visitor()
    rahima.force_login(django_user_model.objects.create_superuser("rahima"))
    mine = opened(staff, iontophoresis, *PREGNANT)
    saved(rahima, iontophoresis, *PREGNANT, text_en="Theirs it is.")
    saved(staff, iontophoresis, "benefits", "safe", text_en="Something else.")
    assert "rahima saved this text" in words(soup(mine.save(text_en="Mine it is.")))


def test_a_paragraph_asks_in_words_and_keeps_its_bold(staff, iontophoresis):
    item = from_rows(iontophoresis).items("results")[0].uid
    mine = opened(staff, iontophoresis, "results", item)
    saved(staff, iontophoresis, "results", item, text_en="They say <strong>that</strong>.")
    my_words = "I say <strong>this</strong>."
    answer = mine.save(text_en=my_words)
    assert answer.status_code == 409
    shown = words(soup(answer).find(class_="theirs"))
    assert "that" in shown and "strong" not in shown
    again = TextForm(staff, answer)
    assert again.says["text_en"] == my_words
    again.save(KEEP)
    assert said(iontophoresis, "results", item, "text", "en") == my_words


def test_signs_in_the_name_of_a_text_are_read_as_signs(staff, iontophoresis):
    saved(staff, iontophoresis, "benefits", "safe", text_en="It's A & B")
    assert article(staff, iontophoresis, "benefits", "safe")["aria-label"] == "Benefit: It's A & B"


def test_a_text_that_was_deleted_meanwhile_is_asked_about(staff, iontophoresis):
    mine = opened(staff, iontophoresis, *PREGNANT)
    pressed(staff, iontophoresis, *PREGNANT, "Delete")
    asked = mine.save(text_en="Mine it is.")
    assert asked.status_code == 409 and "deleted this text" in words(soup(asked))
    assert TextForm(staff, asked).save().status_code == 302
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Mine it is."


# --- Adding, moving, deleting, putting back -------------------------------------------------------


def order(treatment, section) -> list[str]:
    return [item.uid for item in from_rows(treatment).items(section)]


def test_an_item_is_added_at_the_end(staff, iontophoresis):
    new = {"text_en": "You can read meanwhile.", "text_bn": "এর মধ্যে বই পড়তে পারেন।"}
    saved(staff, iontophoresis, "benefits", "new", **new)
    last = order(iontophoresis, "benefits")[-1]
    assert last.startswith("you-can-read-meanwhile")
    assert said(iontophoresis, "benefits", last, "text", "en") == new["text_en"]


def required_choices() -> Iterator[tuple[str, str]]:
    """Whatever is chosen of a few in an item of any list; only how a paragraph looks is left out."""
    for section in SECTIONS:
        for name in () if section.is_running_text else section.model.typed:
            column = section.model._meta.get_field(name)
            if column.choices and not column.blank:
                yield section.key, name


@pytest.mark.parametrize(("section", "field"), [*required_choices()])
def test_nothing_that_turns_the_meaning_is_chosen_in_a_new_text(
    staff, iontophoresis, section, field
):
    before, form = order(iontophoresis, section), opened(staff, iontophoresis, section, "new")
    assert form.says[field] == ""
    refused = form.save(typed={name: "Words." for name in form.says if name.endswith("_en")})
    assert refused.status_code == 422 and TextForm(staff, refused).errors
    assert order(iontophoresis, section) == before


def test_what_turns_the_meaning_is_asked_of_every_warning():
    asked = dict(required_choices())
    assert asked.items() >= {
        ("contraindications", "level"), ("help_signs", "urgency"), ("aftercare", "kind"),
        ("side_effects", "frequency"),
    }  # fmt: skip


def test_an_item_moves_and_stays_at_the_ends(staff, iontophoresis):
    before = order(iontophoresis, "benefits")
    pressed(staff, iontophoresis, "benefits", before[1], "Move up")
    assert order(iontophoresis, "benefits")[:2] == [before[1], before[0]]
    pressed(staff, iontophoresis, "benefits", before[1], "Move up")
    pressed(staff, iontophoresis, "benefits", before[0], "Move down")
    pressed(staff, iontophoresis, "benefits", before[0], "Move up")
    assert order(iontophoresis, "benefits")[:2] == [before[1], before[0]]


def drop(client, treatment, section: str, item: str, before: str):
    """Sends what the script sends when a text is put down."""
    return drop_on(client, client.get(page_of(treatment)), section, item, before=before)


def drop_on(client, page, section: str, item: str, **sent: str):
    """The same on a page that was read before."""
    grip = soup(page).find(id=f"text-{section}-{item}").select_one(".grip")
    return client.post(grip["hx-post"], form_data(page.content, "do") | sent, follow=True)


def test_an_item_is_put_down_anywhere_in_its_list(staff, iontophoresis):
    first, second, third, *rest = order(iontophoresis, "contraindications")
    drop(staff, iontophoresis, "contraindications", third, first)
    assert order(iontophoresis, "contraindications") == [third, first, second, *rest]
    drop(staff, iontophoresis, "contraindications", third, "")
    assert order(iontophoresis, "contraindications") == [first, second, *rest, third]
    drop(staff, iontophoresis, "contraindications", third, third)
    assert order(iontophoresis, "contraindications") == [first, second, *rest, third]


def test_what_it_was_put_before_may_be_gone(staff, iontophoresis):
    before = order(iontophoresis, "benefits")
    answer = drop(staff, iontophoresis, "benefits", before[0], "nobody")
    assert "Nothing was moved" in words(soup(answer))
    assert order(iontophoresis, "benefits") == before


@pytest.mark.parametrize("does", ["Move up", "Delete", "dropped"])
def test_what_somebody_deleted_meanwhile_is_said_to_be_deleted(staff, iontophoresis, does):
    page = staff.get(page_of(iontophoresis))
    first, *rest = order(iontophoresis, "benefits")
    pressed(staff, iontophoresis, "benefits", first, "Delete")
    if does == "dropped":
        answer = drop_on(staff, page, "benefits", first, before="")
    else:
        answer = press_on(staff, page, "benefits", first, does, follow=True)
    assert "Somebody deleted this text" in words(soup(answer))
    assert order(iontophoresis, "benefits") == rest


@pytest.mark.parametrize("sent", [{}, {"to": ""}, {"to": "sideways"}])
def test_a_move_to_no_place_moves_nothing(staff, iontophoresis, sent):
    before = order(iontophoresis, "benefits")
    page = staff.get(page_of(iontophoresis))
    assert drop_on(staff, page, "benefits", before[1], **sent).status_code == 400
    assert order(iontophoresis, "benefits") == before


def test_what_patients_read_stays_struck_out_until_it_is_put_back(staff, iontophoresis):
    before = from_rows(iontophoresis).json
    pressed(staff, iontophoresis, *PREGNANT, "Delete")
    assert "pregnancy" not in order(iontophoresis, "contraindications")
    text = article(staff, iontophoresis, *PREGNANT)
    assert "Taken away" in words(text) and "You are pregnant" in words(text)
    pressed(staff, iontophoresis, *PREGNANT, "Put it back")
    assert from_rows(iontophoresis).json == before
    assert newest_snapshot(iontophoresis).unconfirmed == 0


def shown_order(client, treatment, section: str) -> list[str]:
    """The texts of a section as they stand on the change page, struck out or not."""
    group = soup(client.get(page_of(treatment))).find(id=f"group-{section}")
    return [one["id"].removeprefix(f"text-{section}-") for one in group.select("article")]


@pytest.mark.parametrize("to", [0, 1, 2, 3])
def test_what_was_moved_and_deleted_stays_and_comes_back_where_it_stood(staff, iontophoresis, to):
    first, *rest = order(iontophoresis, "help_signs")
    drop(staff, iontophoresis, "help_signs", first, [*rest, ""][to])
    moved = [*rest[:to], first, *rest[to:]]
    pressed(staff, iontophoresis, "help_signs", first, "Delete")
    assert shown_order(staff, iontophoresis, "help_signs") == moved
    pressed(staff, iontophoresis, "help_signs", first, "Put it back")
    assert order(iontophoresis, "help_signs") == moved


def test_what_was_deleted_comes_back_before_what_followed_it(staff, iontophoresis):
    first, second, *rest = order(iontophoresis, "help_signs")
    pressed(staff, iontophoresis, "help_signs", second, "Delete")
    drop(staff, iontophoresis, "help_signs", first, "")
    assert shown_order(staff, iontophoresis, "help_signs") == [second, *rest, first]
    pressed(staff, iontophoresis, "help_signs", second, "Put it back")
    assert order(iontophoresis, "help_signs") == [second, *rest, first]


def test_what_was_deleted_one_after_the_other_comes_back_in_any_order(staff, iontophoresis):
    before = order(iontophoresis, "help_signs")
    for uid in before[1:]:
        pressed(staff, iontophoresis, "help_signs", uid, "Delete")
    assert shown_order(staff, iontophoresis, "help_signs") == before
    for uid in (before[2], before[1], before[3]):
        pressed(staff, iontophoresis, "help_signs", uid, "Put it back")
        assert shown_order(staff, iontophoresis, "help_signs") == before
    assert order(iontophoresis, "help_signs") == before


def test_what_somebody_deleted_meanwhile_is_not_opened(staff, iontophoresis):
    page = soup(staff.get(page_of(iontophoresis)))
    first, *rest = order(iontophoresis, "benefits")
    pressed(staff, iontophoresis, "benefits", first, "Delete")
    edit = page.find(id=f"text-benefits-{first}").select_one("a.edit")
    answer = staff.get(edit["hx-get"], headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Somebody deleted this text" in words(soup(answer))
    assert order(iontophoresis, "benefits") == rest


def test_what_was_changed_since_it_was_shown_is_not_deleted(staff, iontophoresis):
    page = staff.get(page_of(iontophoresis))
    saved(staff, iontophoresis, *PREGNANT, text_en="You are pregnant now.")
    answer = press_on(staff, page, *PREGNANT, "Delete", follow=True)
    assert "Nothing was deleted" in words(soup(answer))
    assert said(iontophoresis, *PREGNANT, "text", "en") == "You are pregnant now."


def test_what_comes_back_is_what_was_last_saved(staff, iontophoresis):
    saved(staff, iontophoresis, *PREGNANT, text_en="You are pregnant now.")
    pressed(staff, iontophoresis, *PREGNANT, "Delete")
    pressed(staff, iontophoresis, *PREGNANT, "Put it back")
    assert said(iontophoresis, *PREGNANT, "text", "en") == "You are pregnant now."


def add_and_delete(client, treatment) -> str:
    """A text that was never published, added and taken away again; its name."""
    typed = {"text_en": "You can read meanwhile.", "text_bn": "এর মধ্যে বই পড়তে পারেন।"}
    saved(client, treatment, "benefits", "new", **typed)
    uid = order(treatment, "benefits")[-1]
    pressed(client, treatment, "benefits", uid, "Delete")
    return uid


def test_what_was_never_published_can_be_put_back_after_a_reload_too(staff, iontophoresis):
    uid = add_and_delete(staff, iontophoresis)
    saved(staff, iontophoresis, "benefits", "safe", text_en="Theirs.")
    assert uid not in order(iontophoresis, "benefits")
    gone = words(article(staff, iontophoresis, "benefits", uid))
    assert "Taken away" in gone and "You can read meanwhile." in gone
    pressed(staff, iontophoresis, "benefits", uid, "Put it back")
    assert order(iontophoresis, "benefits")[-1] == uid
    assert said(iontophoresis, "benefits", "safe", "text", "en") == "Theirs."


def test_so_can_what_a_colleague_wrote_and_somebody_deleted_first_of_all(
    staff, iontophoresis, django_user_model
):
    rahima = Visitor()
    rahima.force_login(django_user_model.objects.create_superuser("rahima"))
    saved(rahima, iontophoresis, "benefits", "new", text_en="You can read meanwhile.")
    uid = order(iontophoresis, "benefits")[-1]
    pressed(staff, iontophoresis, "benefits", uid, "Delete")
    assert "Taken away" in words(article(staff, iontophoresis, "benefits", uid))
    assert article(rahima, iontophoresis, "benefits", uid) is not None  # she saved it just now


@pytest.mark.parametrize("ends", ["an hour", "a publication", "somebody else"])
def test_what_was_deleted_is_gone_in_the_end(staff, iontophoresis, django_user_model, nurse, ends):
    uid = add_and_delete(staff, iontophoresis)
    if ends == "an hour":
        Snapshot.objects.filter(saved_by=nurse).update(saved_at=timezone.now() - timedelta(hours=2))
    elif ends == "a publication":
        write = iontophoresis.benefit_set.get(uid="safe")
        write.text_en, write.text_bn = "It is gentle.", "এটি কোমল।"
        write.save()
        version = save_snapshot(iontophoresis, now=timezone.now(), by=nurse)
        publish_as_read(version, LANGUAGES, now=timezone.now(), by=nurse)
    else:
        staff.force_login(django_user_model.objects.create_superuser("rahima"))
    assert article(staff, iontophoresis, "benefits", uid) is None


def test_what_rested_on_a_source_rests_on_it_again(staff, iontophoresis):
    before = from_rows(iontophoresis).json
    assert before.count('"clinic-text"') > 5
    pressed(staff, iontophoresis, "sources", "clinic-text", "Delete")
    assert '"clinic-text"' not in from_rows(iontophoresis).json
    pressed(staff, iontophoresis, "sources", "clinic-text", "Put it back")
    assert from_rows(iontophoresis).json == before


@pytest.mark.parametrize(
    ("language", "says", "adds"),
    [
        ("en", "This treatment has no sources yet", "Add a source"),
        ("bn", "এই চিকিৎসার এখনো কোনো তথ্যসূত্র নেই", "তথ্যসূত্র যোগ করুন"),
    ],
)
def test_where_there_is_no_source_to_choose_it_is_said_where_one_is_added(
    staff, new_page, language, says, adds
):
    StaffLanguage.objects.create(person=User.objects.get(), language=language)
    for section in ("contraindications", "help_signs", "evidence"):
        form = opened(staff, new_page, section, "new").form
        assert says in words(form)
        [link] = [one for one in form.find_all("a") if adds in squeezed(one)]
        assert link["target"] == "_blank", "what is typed stays"
        in_place = soup(staff.get(form["action"], headers={"HX-Request": "true"}))
        [opens] = [one for one in in_place.find_all("a") if squeezed(one) == adds]
        assert opens["hx-get"] == link["href"]
        assert soup(staff.get(page_of(new_page))).select_one(opens["hx-target"]) is not None
    new = {"kind": "clinic", "citation": "Our own leaflet."}
    assert TextForm(staff, staff.get(link["href"])).save(**new).status_code == 302
    form = opened(staff, new_page, "contraindications", "new").form
    assert says not in words(form) and "Our own leaflet." in words(form)


def test_a_page_in_one_language_lacks_nothing_in_the_other(staff, iontophoresis):
    iontophoresis.translations.filter(language_code="bn").delete()
    for section in SECTIONS:
        halves = {f"{name}_bn": "" for name in section.model.pairs}
        section.model.objects.filter(treatment=iontophoresis).update(**halves)
    Treatment.objects.filter(pk=iontophoresis.pk).update(result_lasts_bn="")
    iontophoresis.refresh_from_db()
    save_snapshot(iontophoresis, now=NOW)
    page = words(soup(staff.get(page_of(iontophoresis))))
    assert "You are pregnant." in page and "Bangla is empty" not in page


# --- Photos ---------------------------------------------------------------------------------------


def test_a_photo_is_put_on_the_page_with_its_words(staff, iontophoresis):
    upload = SimpleUploadedFile("IMG_1.jpg", photo(600, 400), content_type="image/jpeg")
    alt = {"alt_en": "Two hands rest in trays of water.", "alt_bn": "দুটি হাত পানির ট্রেতে রাখা।"}
    assert saved(staff, iontophoresis, "photos", "new", upload=upload, **alt).status_code == 302
    (item,) = from_rows(iontophoresis).items("photos")
    shown = article(staff, iontophoresis, "photos", item.uid)
    assert shown.find("img", class_="photo") and alt["alt_en"] in words(shown)


def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(staff, iontophoresis):
    upload = SimpleUploadedFile("IMG_1.jpg", b"no photo", content_type="image/jpeg")
    typed = {"alt_en": "Two hands.", "upload": upload}
    answer = saved(staff, iontophoresis, "photos", "new", **typed)
    assert answer.status_code == 422
    assert TextForm(staff, answer).says["alt_en"] == "Two hands."
    assert not from_rows(iontophoresis).items("photos")
