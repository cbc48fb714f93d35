"""What a text said before stands beside it, and can be put back."""

import pytest

from treatments.document.rows import from_rows
from treatments.publishing.snapshots import newest_snapshot

from ..admin_forms import form_data
from ..conftest import Visitor
from ..pages import soup, squeezed, words
from ..sheet import article, pressed, said, saved

PREGNANT = ("contraindications", "pregnancy")


def earlier(client, treatment, place=PREGNANT):
    """The page that the text's menu leads to."""
    menu = article(client, treatment, *place).select_one(".more")
    [link] = [one for one in menu.find_all("a") if squeezed(one) == "Earlier texts"]
    return client.get(link["href"])


def put_back(client, page, number: int, **more):
    form = soup(page).select("form.change")[number]
    button = form.button
    data = form_data(str(form), None) | {button["name"]: button["value"]}
    return client.post(page.wsgi_request.path, data, **more)


def shown(page) -> list[str]:
    return [" ".join(words(form).split()) for form in soup(page).select("form.change")]


def test_the_last_five_are_shown_word_by_word_with_who_and_when(
    staff, iontophoresis, django_user_model
):
    rahima = Visitor()
    rahima.force_login(django_user_model.objects.create_superuser("rahima"))
    first = said(iontophoresis, *PREGNANT, "text", "en")
    for number in range(6):
        saved(rahima, iontophoresis, *PREGNANT, text_en=f"You are {number}.")
        saved(staff, iontophoresis, "benefits", "safe", text_en=f"Something else {number}.")
    page = earlier(staff, iontophoresis)
    versions = shown(page)
    assert len(versions) == 5 and all("rahima" in one for one in versions)
    newest = soup(page).select_one("form.change p[lang=en]")
    assert (newest.ins.text, newest.find("del").text) == ("4", "5")
    assert first not in words(soup(page))


def test_an_earlier_text_is_put_back_and_what_was_confirmed_is_confirmed(staff, iontophoresis):
    before = from_rows(iontophoresis).json
    saved(staff, iontophoresis, *PREGNANT, text_en="You are ill.", level="tell_us")
    page = earlier(staff, iontophoresis)
    assert "Must not have it" in shown(page)[0]
    answer = put_back(staff, page, 0)
    assert answer["Location"].endswith("#text-contraindications-pregnancy")
    assert from_rows(iontophoresis).json == before
    assert newest_snapshot(iontophoresis).unconfirmed == 0
    assert "You are" in shown(earlier(staff, iontophoresis))[0]


def test_the_mark_for_a_doctor_is_not_taken_away_by_it(staff, iontophoresis):
    saved(staff, iontophoresis, *PREGNANT, text_en="You are ill.", to_confirm="on")
    put_back(staff, earlier(staff, iontophoresis), 0)
    assert "You are pregnant" in said(iontophoresis, *PREGNANT, "text", "en")
    assert "to be confirmed" in words(article(staff, iontophoresis, *PREGNANT))


def test_a_source_that_was_deleted_since_is_named_no_more(staff, iontophoresis):
    saved(staff, iontophoresis, *PREGNANT, text_en="You are ill.")
    rests_on = next(
        one.values["origin"]
        for one in from_rows(iontophoresis).items("contraindications")
        if one.uid == "pregnancy"
    )
    pressed(staff, iontophoresis, "sources", rests_on, "Delete")
    put_back(staff, earlier(staff, iontophoresis), -1)
    assert "You are pregnant" in said(iontophoresis, *PREGNANT, "text", "en")


def test_what_was_changed_since_it_was_shown_is_not_overwritten(staff, iontophoresis):
    saved(staff, iontophoresis, *PREGNANT, text_en="You are ill.")
    page = earlier(staff, iontophoresis)
    saved(staff, iontophoresis, *PREGNANT, text_en="Theirs.")
    assert "Nothing was put back" in words(soup(put_back(staff, page, 0, follow=True)))
    assert said(iontophoresis, *PREGNANT, "text", "en") == "Theirs."


def test_what_was_never_changed_says_so(staff, iontophoresis):
    assert "has not been changed lately" in words(soup(earlier(staff, iontophoresis)))


@pytest.mark.parametrize("there", ["benefits/nothing", "prose/title", "benefits/new"])
def test_what_has_no_earlier_texts_is_not_found(staff, iontophoresis, there):
    address = earlier(staff, iontophoresis).wsgi_request.path
    assert staff.get(address.replace("/".join(PREGNANT), there)).status_code == 404
