"""The leaflet, read as a reader's phone reads it, and as a printer prints it."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from treatments.document.content import Edition, EditionItem, in_language
from treatments.document.json_form import parse
from treatments.document.plan import Plan
from treatments.document.sections import BY_KEY, SECTIONS
from treatments.language.glyphs import replace_missing_glyphs, signs_without_glyph
from treatments.language.text import normalise
from treatments.language.text import words as words_of
from treatments.leaflet import pdf as leaflets
from treatments.leaflet.content import leaflet_of
from treatments.leaflet.pdf import KEPT, ONE_SHEET, TWO_SHEETS, key_of, pdf, read_or_make
from treatments.models import PLACEHOLDER, Answer, Clinic, Publication, Snapshot, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot

from ..conftest import FIXTURES, NOW
from ..pages import SLUGS, press, soup
from ..plans import changed
from ..publishing.reading import publish_as_read
from .reading import close_up, read, replacements

BOTH = [(slug, language) for slug in SLUGS for language in ("en", "bn")]
PUBLISHED = NOW.replace(microsecond=123_456)  # as a clock gives it
ADDRESS = "https://example.org/en/treatments/iontophoresis/"
HOURS = [{"weekday": name, "opens": "10:00", "closes": "20:00"} for name in ("sat", "sun", "mon")]
REVIEW = {"en": "Not yet reviewed by a clinician", "bn": "এখনো কোনো চিকিৎসক এই পাতা যাচাই করেননি"}


def clinic(**details) -> Clinic:
    empty = {
        "name_en": PLACEHOLDER["en"], "name_bn": PLACEHOLDER["bn"], "address_en": "",
        "address_bn": "", "phones": "", "whatsapp": "", "hours": [], "emergency_number": "999",
    }  # fmt: skip
    return Clinic(**empty | details)


def document(slug: str):
    return parse((FIXTURES / f"{slug}.json").read_text("utf-8"))


def made_from(edition: Edition, of_clinic: Clinic | None = None):
    return leaflet_of(
        edition,
        clinic=of_clinic or clinic(),
        address=ADDRESS,
        scanned_address=f"{ADDRESS}leaflet/0123abcd/",
        published_at=PUBLISHED,
        review=REVIEW[edition.language],
    )


def shown(edition: Edition) -> list[str]:
    """Every text of the document that a leaflet must have, whatever its length."""
    keys = [section.key for section in SECTIONS if section.safety]
    texts = [item.text for key in keys for item in edition.items(key)]
    texts += [item.title for item in edition.items("procedure")]
    return [edition.prose["title"], edition.prose["summary"], *texts]


def nothing_is_cut(edition: Edition, text: str) -> None:
    text = close_up(text)
    for part in map(close_up, shown(edition)):
        # A page may end within an item.
        cuts = range(len(part) + 1)
        assert any(part[:cut] in text and part[cut:] in text for cut in cuts), part


@pytest.mark.parametrize(("slug", "language"), BOTH)
def test_its_words_can_be_selected_and_copied(slug, language):
    edition = in_language(document(slug), language)
    text, pages = read(pdf(made_from(edition)))
    assert pages <= (ONE_SHEET if slug == "iontophoresis-for-medicine" else TWO_SHEETS)
    wanted = Counter(word for part in shown(edition) for word in words_of(part))
    lost = wanted - Counter(words_of(text))
    assert lost.total() <= 0.02 * wanted.total(), lost
    nothing_is_cut(edition, text)


def with_answers(edition: Edition, *, to_confirm: bool = False) -> Edition:
    """Each question answered in a sentence."""
    items = tuple(
        EditionItem(
            about,
            to_confirm,
            {"about": about, "origin": None},
            {"text": f"{ANSWER[edition.language]} {word}."},
        )
        for about, word in zip(Answer.About.values, WORDS[edition.language], strict=True)
    )
    return replace(edition, sections={**edition.sections, "answers": items})


ANSWER = {"en": "A sentence that answers it", "bn": "উত্তরের একটি কথা"}
WORDS = {
    "en": ["one", "two", "three", "four", "five", "six", "seven"],
    "bn": ["এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত"],
}


@pytest.mark.parametrize("to_confirm", [False, True])
@pytest.mark.parametrize("language", ["en", "bn"])
def test_every_question_has_its_answer_on_top(language, to_confirm):
    edition = with_answers(in_language(document("iontophoresis"), language), to_confirm=to_confirm)
    text, pages = read(pdf(made_from(edition)))
    assert pages <= TWO_SHEETS
    nothing_is_cut(edition, text)
    with translation.override(language):
        heading = close_up(translation.gettext("Do not have this treatment if"))
        before, found, _ = close_up(text).partition(heading)
        assert found
        for about in Answer.About:
            assert close_up(str(about.label)) in before
    for word in WORDS[language]:
        assert close_up(f"{ANSWER[language]} {word}") in before
    numbers = {
        "en": ("30–45 minutes.", "6–10 sessions in all", "emergency: 999"),
        "bn": ("৩০–৪৫ মিনিট", "৬–১০টি সেশন", "৯৯৯"),
    }
    for words in numbers[language]:
        assert close_up(words) in before
    assert (
        close_up({"en": "to be confirmed", "bn": "ডাক্তারের দেখা বাকি"}[language]) in before
    ) == to_confirm


@pytest.mark.parametrize(("slug", "language"), BOTH)
def test_its_sections_stand_in_the_order_of_the_page(slug, language):
    edition = in_language(document(slug), language)
    text = close_up(read(pdf(made_from(edition)))[0])
    with translation.override(language):
        wanted = ["Do not have this treatment if", "Tell us first if"]
        wanted += ["Go to the nearest emergency department now if", "Stop and call the clinic if"]
        headings = [close_up(translation.gettext(words)) for words in wanted]
        keys = ("preparation", "procedure", "aftercare", "side_effects")
        headings += [close_up(str(BY_KEY[key].heading)) for key in keys if edition.items(key)]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


@pytest.mark.parametrize("slug", SLUGS)
def test_bangla_words_are_found_by_readers_that_know_glyphs_only(slug):
    """Firefox among them: each syllable is one glyph."""
    edition = in_language(document(slug), "bn")
    words = sum(len(words_of(text)) for text in shown(edition))
    assert words > 300
    assert replacements(pdf(made_from(edition))) < words / 100


def test_a_syllable_that_no_font_has_as_one_glyph_is_printed_all_the_same():
    edition = with_summary("ভুল অক্ষর ঙ্ঞ্ছৌঁ এখানে।")
    content = pdf(made_from(edition))
    assert replacements(content)
    assert close_up("অক্ষর") in close_up(read(content)[0])


@pytest.mark.parametrize(("slug", "language"), BOTH)
def test_the_fonts_are_in_the_file(slug, language):
    content = pdf(made_from(in_language(document(slug), language)))
    assert len(content) < 200_000
    fonts = {name.decode() for name in re.findall(rb"/FontName\s*/([\w+-]+)", content)}
    assert len(fonts) == len(re.findall(rb"/FontFile[23]", content)) >= 2
    assert all("NotoSans" in name for name in fonts)
    assert any("Bengali" in name for name in fonts) == (language == "bn")


def test_words_beside_bold_ones_keep_their_distance():
    text = re.sub(
        r"\s+", " ", read(pdf(made_from(in_language(document("iontophoresis"), "en"))))[0]
    )
    for words in ("30–45 minutes.", "once every 2–4 weeks.", "At first 2–3 times"):
        assert words in text


@pytest.mark.parametrize("language", ["en", "bn"])
def test_no_letter_is_missing_from_the_fonts(language):
    """A box with a cross is what a font prints for a letter it does not have."""
    for slug in SLUGS:
        text, _ = read(pdf(made_from(in_language(document(slug), language))))
        assert "\ufffd" not in text


def test_screen_readers_find_a_title_a_language_and_an_order():
    content = pdf(made_from(in_language(document("iontophoresis"), "bn")))
    assert b"/Lang" in content and b"(bn-BD)" in content
    assert b"/MarkInfo" in content and b"/StructTreeRoot" in content
    with pypdfium2.PdfDocument(content) as opened:
        title = opened.get_metadata_dict()["Title"]
    assert normalise(title) == normalise("ঘাম কমাতে আয়নটোফোরেসিস (ক্লিনিকে)")


def test_it_has_the_plans_numbers_in_its_own_digits():
    for language, said in (("en", "2–3"), ("bn", "২–৩")):
        text, _ = read(pdf(made_from(in_language(document("iontophoresis"), language))))
        assert said in text
    assert not re.search("[0-9]", text.replace("example.org", ""))


def test_a_bangla_leaflet_says_who_has_reviewed_it_and_when_it_was_published():
    text, _ = read(pdf(made_from(in_language(document("iontophoresis"), "bn"))))
    assert close_up(REVIEW["bn"]) in close_up(text)
    assert close_up("৯ মার্চ ২০২৬") in close_up(text)


def test_it_leads_back_to_the_page():
    content = pdf(made_from(in_language(document("iontophoresis"), "en")))
    assert f"/URI ({ADDRESS})".encode() in content.replace(b"/URI(", b"/URI (")


def test_only_what_the_clinic_has_filled_in_is_on_it():
    edition = in_language(document("iontophoresis"), "en")
    bare, _ = read(pdf(made_from(edition)))
    assert "999" in bare
    for word in (PLACEHOLDER["en"], "Contact the clinic", "WhatsApp", "+880"):
        assert word not in bare
    filled, pages = read(
        pdf(
            made_from(
                edition,
                clinic(
                    name_en="Example Skin Clinic",
                    name_bn="উদাহরণ ক্লিনিক",
                    address_en="House 1",
                    phones="+8801700000000",
                    whatsapp="+8801800000000",
                    hours=HOURS,
                ),
            )
        )
    )
    assert pages <= TWO_SHEETS
    for word in ("Example Skin Clinic", "House 1", "+880 1700-000000", "WhatsApp", "10 am–8 pm"):
        assert word in filled


def with_items(edition: Edition, key: str, count: int, text: str) -> Edition:
    first = edition.items(key)[0]
    more = tuple(
        replace(first, uid=f"more-{number}", texts={**first.texts, "text": f"{text} {number}."})
        for number in range(count)
    )
    return replace(edition, sections={**edition.sections, key: edition.items(key) + more})


def test_more_words_are_set_smaller_and_still_fit():
    edition = in_language(document("iontophoresis-for-medicine"), "bn")
    longer = with_items(edition, "aftercare", 6, "পরে এই কথাটিও মনে রাখুন, নম্বর")
    assert read(pdf(made_from(longer)))[1] == ONE_SHEET
    longer = with_items(edition, "aftercare", 40, "পরে এই কথাটিও মনে রাখুন, নম্বর")
    assert ONE_SHEET < read(pdf(made_from(longer)))[1] <= TWO_SHEETS


@pytest.mark.parametrize("key", ["contraindications", "help_signs", "aftercare", "procedure"])
def test_what_cannot_fit_goes_on_more_pages_and_nothing_is_cut(key):
    edition = in_language(document("iontophoresis"), "en")
    longer = with_items(
        edition, key, 90, "One more thing that nobody may ever cut from here, number"
    )
    text, pages = read(pdf(made_from(longer)))
    assert pages > ONE_SHEET
    nothing_is_cut(longer, text)


def test_what_staff_write_is_never_a_command():
    edition = in_language(document("iontophoresis"), "en")
    odd = '#panic("x") $ * _ @label <label> \\ // /* `raw` [ ] { } = - + ~ \u200d'
    strange = replace(edition, prose={**edition.prose, "title": odd, "summary": odd})
    assert close_up('#panic("x") $ * _ @label <label> \\ // /*') in close_up(
        read(pdf(made_from(strange)))[0]
    )


def test_the_least_document_makes_a_leaflet():
    prose = {"title": "Name", "summary": ""}
    least = Edition("en", (), Plan(), "", prose, {})
    assert "Name" in read(pdf(made_from(least)))[0]


# --- Kept -----------------------------------------------------------------------------------------


def test_it_is_made_once_for_the_same_words(tmp_path, monkeypatch):
    wanted = made_from(in_language(document("iontophoresis-for-medicine"), "en"))
    made = read_or_make(wanted, tmp_path)
    monkeypatch.setattr(leaflets, "_typeset", None)
    assert read_or_make(wanted, tmp_path) == made
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]


def test_another_word_number_or_detail_makes_another():
    whole = document("iontophoresis")
    edition = in_language(whole, "en")
    editions = [
        edition,
        in_language(whole, "bn"),
        replace(edition, plan=changed(edition.plan, course=(6, 12))),
        replace(edition, prose={**edition.prose, "summary": "Other."}),
    ]
    keys = {key_of(made_from(one)) for one in editions}
    keys |= {key_of(made_from(edition, clinic(phones="+8801700000000")))}
    keys |= {key_of(made_from(edition, clinic(emergency_number="112")))}
    assert len(keys) == 6
    cost = EditionItem("ask", False, {"kind": "paragraph"}, {"text": "Not on the leaflet."})
    hidden = replace(edition, sections={**edition.sections, "cost": (cost,)})
    assert key_of(made_from(hidden)) == key_of(made_from(edition))


def test_code_compiled_beside_the_fonts_is_no_font(tmp_path, monkeypatch):
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.setattr(leaflets, "FONTS", tmp_path)
    assert leaflets._template_digest.__wrapped__()


def test_old_files_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(leaflets, "pdf", lambda leaflet: b"%PDF")
    edition = in_language(document("iontophoresis"), "en")
    for number in range(KEPT + 5):
        other = replace(edition, prose={**edition.prose, "title": f"Name {number}"})
        read_or_make(made_from(other), tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT


def test_a_full_disk_costs_time_and_no_leaflet(tmp_path, monkeypatch):
    monkeypatch.setattr(leaflets, "pdf", lambda leaflet: b"%PDF")

    def full(*args):
        raise OSError("no space left")

    monkeypatch.setattr(leaflets, "write_atomically", full)
    wanted = made_from(in_language(document("iontophoresis"), "en"))
    assert read_or_make(wanted, tmp_path) == b"%PDF"


# --- Asked for ------------------------------------------------------------------------------------


def ask(client, language: str = "en", slug: str = "iontophoresis", **headers):
    return client.get(f"/{language}/treatments/{slug}/leaflet.pdf", headers=headers)


@pytest.mark.parametrize(("slug", "language"), BOTH)
def test_every_live_treatment_has_one(client, site, slug, language):
    response = ask(client, language, slug)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=10"
    assert not response.cookies
    text, _ = read(response.content)
    title = in_language(document(slug), language).prose["title"]
    assert close_up(title) in close_up(text)


def test_asking_again_costs_a_phone_nothing_until_something_changes(client, iontophoresis):
    etag = ask(client).headers["ETag"]
    again = ask(client, **{"If-None-Match": etag})
    assert again.status_code == 304
    assert not again.content
    detail = Clinic.objects.get()
    detail.phones = "+8801700000000"
    detail.save()
    changed = ask(client, **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert "+880 1700-000000" in read(changed.content)[0]


def test_a_review_is_on_the_leaflet_as_on_the_page(client, iontophoresis):
    assert REVIEW["en"] in read(ask(client).content)[0]
    record_review(
        newest_snapshot(iontophoresis),
        "en",
        reviewer="Example Reviewer",
        qualification="dermatologist",
        reviewed_on=date(2026, 3, 8),
        next_due=date(2027, 3, 8),
        now=NOW,
    )
    text, _ = read(ask(client).content)
    assert "Example Reviewer" in text
    assert REVIEW["en"] not in text


def test_it_says_what_is_live_and_not_the_draft(client, iontophoresis):
    row = iontophoresis.translations.get(language_code="en")
    row.title = "A draft's title"
    row.save()
    assert "A draft" not in read(ask(client).content)[0]


def test_nothing_that_is_not_live_has_one(client, drafts):
    assert ask(client).status_code == 404
    publish_as_read(newest_snapshot(Treatment.objects.get(slug="iontophoresis")), ["en"], now=NOW)
    assert ask(client).status_code == 200
    bangla = ask(client, "bn")
    assert bangla.status_code == 404
    assert soup(bangla).select_one("a.button[href='/en/treatments/iontophoresis/leaflet.pdf']")


def test_a_withdrawn_one_is_gone_at_once(client, iontophoresis):
    assert ask(client).status_code == 200
    withdraw(iontophoresis, ["en", "bn"], now=datetime(2026, 4, 1, tzinfo=UTC))
    assert ask(client).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"), [("en", "could not be made just now"), ("bn", "তৈরি করা গেল না")]
)
def test_a_failure_says_so_in_words_and_leads_to_the_page(
    client, site, monkeypatch, tmp_path, language, said
):
    def broken(*args, **kwargs):
        raise RuntimeError("no type setter")

    monkeypatch.setattr(leaflets.typst, "compile", broken)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    response = ask(client, language)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "no-store" in response.headers["Cache-Control"]
    assert normalise(said) in normalise(response.content.decode())
    assert soup(response).select_one(f"a.button[href='/{language}/treatments/iontophoresis/']")


def test_a_failure_stops_neither_publishing_nor_the_page(client, drafts, monkeypatch, tmp_path):
    def broken(*args, **kwargs):
        raise RuntimeError("no type setter")

    monkeypatch.setattr(leaflets.typst, "compile", broken)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    publish_as_read(newest_snapshot(Treatment.objects.get(slug="iontophoresis")), ["en"], now=NOW)
    assert client.get("/en/treatments/iontophoresis/").status_code == 200


def test_it_is_not_in_search_engines_own_lists(client, site):
    assert ask(client).headers["X-Robots-Tag"] == "noindex"


def test_it_costs_at_most_four_queries(client, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ask(client)


# --- The way to it --------------------------------------------------------------------------------


def links(language: str, slug: str, *, published: bool = True) -> str:
    publication = Publication(
        language=language,
        live_from=PUBLISHED,
        snapshot=Snapshot(**{f"medical_{language}": "0123abcd" * 8}),
    )
    context = {
        "edition": in_language(document(slug), language),
        "plan": document(slug).plan,
        "clinic": clinic(),
        "language": language,
        "slug": slug,
        "published_at": PUBLISHED if published else None,
        "publication": publication if published else None,
    }
    template = "{% load planner %}{% leaflet_link %}{% planner_link %}"
    with translation.override(language):
        return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize(
    ("language", "said"), [("en", r"PDF, \d+ KB"), ("bn", normalise("পিডিএফ, [০-৯]+ কিলোবাইট"))]
)
def test_the_link_says_that_it_is_a_pdf_and_how_large(client, site, language, said):
    page = f"/{language}/treatments/iontophoresis/"
    assert client.get(f"{page}leaflet.pdf").status_code == 200
    assert re.search(said, normalise(client.get(page).content.decode()))


def test_only_a_treatment_with_a_plan_leads_to_a_planner():
    assert "/plan/" in links("en", "iontophoresis")
    assert "/plan/" not in links("en", "iontophoresis-at-home")
    assert not links("en", "iontophoresis", published=False).strip()


# --- Signs that fonts may lack --------------------------------------------------------------------


def with_summary(text: str) -> Edition:
    edition = in_language(document("iontophoresis"), "en")
    return replace(edition, prose={**edition.prose, "summary": text})


def test_common_signs_are_printed():
    signs = "≥≤−→←₂²½✅☎📍⚠√∞℃Ωβ★☑💧🩺📞①ﬁ"
    assert signs_without_glyph(signs) == ""
    text, _ = read(
        pdf(made_from(with_summary(" ".join(f"Ninety {sign} percent" for sign in signs))))
    )
    assert [
        sign for sign in signs if close_up(replace_missing_glyphs(sign)) not in close_up(text)
    ] == []


@pytest.mark.parametrize(
    "signs", ["🦄", "中文", "عربي", "\ufffe", "\ue000", "e\u0489", "\ufffd", "\u202e"]
)
def test_a_sign_that_no_font_has_costs_no_leaflet(signs):
    text, _ = read(
        pdf(made_from(with_summary(f"Ninety {signs} percent"), clinic(address_en=signs)))
    )
    assert re.search(r"Ninety\s+[e□]*\s*percent", text)


def test_no_letter_at_all_costs_a_leaflet():
    """All that Unicode has, and then the fonts' own letters side by side with marks."""
    every = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    for begin in range(0, len(every), 40_000):
        assert replace_missing_glyphs("".join(every[begin : begin + 40_000]))
    printed = "".join(sign for sign in map(replace_missing_glyphs, every[::7]) if sign.strip("□"))
    assert pdf(made_from(with_summary(printed + "ক" + "\u0301\u0302" * 30)))


@given(st.text(max_size=40))
@example("0 \U0001cc00 ")
@example("0 \U0001cc00 0")
def test_what_is_printable_stays_as_it_is(text):
    assert replace_missing_glyphs(replace_missing_glyphs(text)) == replace_missing_glyphs(text)
    assert signs_without_glyph(replace_missing_glyphs(text)) == ""


def test_what_the_type_setter_refuses_is_set_with_plain_letters(monkeypatch, caplog):
    monkeypatch.setattr("treatments.leaflet.content.replace_missing_glyphs", str)
    text, _ = read(pdf(made_from(with_summary("Ninety 🦄 percent"))))
    assert re.search(r"Ninety\s+percent", text)
    assert "plain letters" in caplog.text


HELD = ["ক" + "া" * 300, "ক্" * 300 + "ষ", "ক্\u200d" * 200, "e" + "\u0301" * 500, "িা" * 400]


@pytest.mark.parametrize("held", HELD, ids=range(len(HELD)))
def test_a_key_held_down_costs_no_leaflet(held):
    assert read(pdf(made_from(with_summary(f"Ninety {held} percent"), clinic(address_bn=held))))[0]
    assert signs_without_glyph(held)  # so staff hear of it


def test_words_are_no_held_keys():
    assert signs_without_glyph("ক্ষ্ম্যাঁ র‍্যাশ স্ত্র্যাঁ ঔজ্জ্বল্যের ত্রুটিগুলোতেও") == ""


class Panic(BaseException):
    """What a type setter written in Rust raises when it gives up."""


def test_a_type_setter_that_panics_ends_no_worker(client, site, monkeypatch, tmp_path, settings):
    def panic(*args, **kwargs):
        raise Panic

    monkeypatch.setattr(leaflets.typst, "compile", panic)
    with pytest.raises(leaflets.NotMade):
        pdf(made_from(with_summary("Ninety percent")))


def test_a_very_long_leaflet_has_all_its_pages():
    long = with_summary("Sweating less. " * 8_000)
    text, pages = read(pdf(made_from(long)))
    assert pages >= 12
    assert text.count("Sweating less") == 8_000


def test_the_clinics_form_names_what_leaflets_cannot_print(client, site, nurse):
    client.force_login(nurse)
    page = soup(client.get("/admin/treatments/clinic/1/change/address/"))
    values = {"Address · English": "🦄 12 Road"}
    saved = press(client, page, "Save: patients see it at once", values, follow=True)
    assert "“🦄”" in soup(saved).select_one(".messagelist .warning").get_text()
    live = client.get("/en/treatments/iontophoresis/leaflet.pdf")
    assert live.status_code == 200
    assert "12 Road" in read(live.content)[0]
