import base64
import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from treatments.checks import findings
from treatments.document.sections import RUNNING_TEXT
from treatments.language.rich_text import plain_text
from treatments.models import LANGUAGES, Clinic, Publication, Snapshot, Term, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..conftest import Visitor
from ..pages import PATHS, SLUGS, numbers, soup, words
from ..publishing.reading import publish_as_read

TREATMENT_PATHS = [path for path in PATHS if "treatments/i" in path]
PHONE = "+8800000000000"  # nobody's number


# --- Which language -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        (None, "/bn/"),
        ("bn", "/bn/"),
        ("bn-BD,bn;q=0.9", "/bn/"),
        ("fr", "/bn/"),
        ("en-US,en;q=0.9,bn;q=0.8", "/bn/"),
        ("en", "/en/"),
        ("en-GB,fr;q=0.5", "/en/"),
        ("en,bn;q=0", "/en/"),
        ("en-US,en;q=0.7,bn;q=0.3", "/bn/"),
        ("en-GB,en;q=0.8,bn;q=0.2", "/en/"),
        ("bn;q=0.1", "/bn/"),
        ("*", "/bn/"),
        ("nonsense;;;,,q=1", "/bn/"),
        ("en;q=.9", "/en/"),
        ("en_US", "/en/"),
        ("EN_gb;q=0.5, *;q=0.1", "/en/"),
        ("bn_BD;q=.9,en_US", "/bn/"),
        ("en-US;q=0.8,bn;q=0.9", "/bn/"),
        ("en;q=0.1,bn;q=0.2", "/bn/"),
        ("en ;\tq = 0.900", "/en/"),
        ("en;q=1.0000", "/en/"),
        ("en;q=1.", "/en/"),
        ("en;level=1;q=0.4", "/en/"),
        ("en;q=7,bn;q=0", "/en/"),
        ("en;q=high", "/en/"),
        ("*;q=0.1", "/bn/"),
        ("en,*;q=0.5", "/en/"),
        ("en;q=0.2,*;q=0.5", "/bn/"),
        ("en;q=0,*", "/bn/"),
        ("bn;q=0", "/en/"),
        ("bn;q=0,*;q=0.1", "/en/"),
        ("bn;q=0,en;q=0", "/bn/"),
        ("", "/bn/"),
        (",;,=;q", "/bn/"),
        ("aa-BB;q=0.1," * 20_000 + "en", "/en/"),
        ("en" * 100_000, "/bn/"),
        ("english", "/bn/"),
    ],
)
def test_the_root_leads_to_the_readers_language(client, db, accepted, home):
    headers = {"accept-language": accepted} if accepted else {}
    response = client.get("/", headers=headers)
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_its_language_and_has_one_heading(client, site, path):
    response = client.get(path, headers={"accept-language": "fr"})
    language = path[1:3]
    assert response.status_code == 200
    assert response["Content-Language"] == language
    page = soup(response)
    assert page.html["lang"] == language
    assert len(page.find_all("h1")) == 1
    assert not response.cookies


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/bn/")])
def test_a_bangla_page_has_no_ascii_digit_and_no_english_outside_english_parts(client, site, path):
    text = words(soup(client.get(path)), without="en")
    assert not re.search(r"[0-9]", text), re.search(r".{20}[0-9].{20}", text, re.S)
    assert not re.search(r"[A-Za-z]{2,}", text), re.search(r".{20}[A-Za-z]{2,}.{20}", text, re.S)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_bangla_page_has_every_number_of_the_english(client, site, slug):
    pages = [soup(client.get(f"/{code}/treatments/{slug}/")).main for code in LANGUAGES]
    for page in pages:  # each language's leaflet is another file, of another size
        page.find("a", type="application/pdf").small.decompose()
    english, bangla = (numbers(words(page)) for page in pages)
    assert sorted(english) == sorted(bangla)


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_the_switch_leads_to_the_same_page_in_the_other_language(client, site, path):
    other = "bn" if path.startswith("/en/") else "en"
    links = soup(client.get(path)).find_all("a", hreflang=other)
    assert {link["href"] for link in links} == {f"/{other}{path[3:]}"}
    assert all(link["lang"] == other for link in links)


# --- What is there and what is not ------------------------------------------------------------------


def test_a_draft_is_not_there_for_anybody_outside(client, drafts):
    for slug in SLUGS:
        for code in LANGUAGES:
            assert client.get(f"/{code}/treatments/{slug}/").status_code == 404
    for path in ("/en/", "/en/treatments/", "/sitemap.xml"):
        assert "iontophoresis-at-home" not in client.get(path).content.decode()


def test_a_language_that_is_not_live_says_so_and_leads_to_the_other(client, site):
    withdraw(Treatment.objects.get(slug=SLUGS[0]), ["bn"], now=timezone.now())
    response = client.get(f"/bn/treatments/{SLUGS[0]}/")
    assert response.status_code == 404
    assert response["Content-Language"] == "bn"
    page = soup(response)
    assert page.html["lang"] == "bn"
    assert page.find("a", hreflang="en", href=f"/en/treatments/{SLUGS[0]}/")
    assert "noindex" in str(page.head)

    english = soup(client.get(f"/en/treatments/{SLUGS[0]}/"))
    assert not english.find("link", hreflang="bn")
    assert not english.find("a", href=f"/bn/treatments/{SLUGS[0]}/")
    assert f"/bn/treatments/{SLUGS[0]}/" not in client.get("/sitemap.xml").content.decode()
    assert f"/bn/treatments/{SLUGS[0]}/" not in client.get("/bn/treatments/").content.decode()


@pytest.mark.parametrize(
    ("path", "language"),
    [("/bn/nothing/", "bn"), ("/en/nothing/", "en"), ("/en/treatments/nothing/", "en")],
)
def test_a_missing_page_says_so_in_the_language_of_its_address(client, site, path, language):
    response = client.get(path, headers={"accept-language": "bn" if language == "en" else "en"})
    assert response.status_code == 404
    assert soup(response).html["lang"] == language
    assert soup(response).find("a", href=f"/{language}/")


def test_a_failure_says_so_in_the_language_of_its_address(client, site, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("treatments.models.Clinic.the_one", lambda: 1 / 0)
    for language in LANGUAGES:
        response = client.get(f"/{language}/about/")
        assert response.status_code == 500
        assert soup(response).html["lang"] == language


def test_an_edit_shows_only_after_publishing_and_then_at_once(client, iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    benefit.text_en, benefit.text_bn = "Quite other words.", "একদম অন্য কথা।"
    benefit.save()
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    assert "Quite other words." not in client.get("/en/treatments/iontophoresis/").content.decode()
    publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    assert "Quite other words." in client.get("/en/treatments/iontophoresis/").content.decode()
    assert "একদম অন্য কথা।" in client.get("/bn/treatments/iontophoresis/").content.decode()


# --- What a treatment page says ---------------------------------------------------------------------


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_every_word_of_the_document_is_on_its_page(client, site, path):
    language, slug = path[1:3], path.split("/")[3]
    document = newest_snapshot(Treatment.objects.get(slug=slug)).document
    plain = json.loads(document)
    shown = re.sub(r"\s+", "", words(soup(client.get(path))))
    said = [*written(plain, language), *plain["prose"][language].values()]
    assert not [text for text in said if re.sub(r"\s+", "", text) not in shown]


def written(plain: dict, language: str) -> list[str]:
    """What a document in its JSON form says in the items that the page shows, without markup."""
    return [
        plain_text(value[language]) if key in RUNNING_TEXT else value[language]
        for key, items in plain["sections"].items()
        for item in items
        for name, value in item.items()
        if isinstance(value, dict) and not (name == "question" and "level" in item)
    ]


# What reader views, the clipboard and programs that read aloud leave out of a text.
LEFT_OUT = (
    "button, input, select, textarea, form, dialog, object, template, noscript, aside, svg, script, "
    "style, [hidden], [aria-hidden=true], [role=dialog], [role=menu], [role=complementary]"
)


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_words_are_text_and_stand_in_their_sentence(client, site, path):
    language, slug = path[1:3], path.split("/")[3]
    plain = json.loads(newest_snapshot(Treatment.objects.get(slug=slug)).document)
    main = soup(client.get(path)).main
    for element in main.select(LEFT_OUT):
        element.decompose()
    shown = re.sub(r"\s+", "", main.get_text())
    prose = plain["prose"][language]
    said = [*written(plain, language), prose["title"], prose["summary"]]
    assert len(said) > 30
    assert not [text for text in said if re.sub(r"\s+", "", text) not in shown]


ORDER = [
    "answers", "contraindications", "help_signs", "what_it_is", "who_it_helps", "results",
    "benefits", "preparation", "procedure", "how_often", "aftercare", "side_effects",
    "other_options", "questions", "cost", "how_it_works", "evidence", "sources",
]  # fmt: skip


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_sections_stand_in_the_order_patients_need_them(client, site, path):
    page = soup(client.get(path))
    there = [element["id"] for element in page.find_all(id=ORDER)]
    assert there == [key for key in ORDER if key in there]
    assert "contraindications" in there and "help_signs" in there


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_the_contents_list_leads_to_every_section(client, site, path):
    page = soup(client.get(path))
    ids = {element["id"] for element in page.find_all(id=True)}
    targets = {link["href"][1:] for link in page.find_all("a", href=re.compile("^#."))}
    assert targets <= ids
    beside_another = {"answers", "who_it_helps", "benefits"}
    assert {key for key in ORDER if key in ids} - beside_another <= targets


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_nobody_is_said_to_have_reviewed_a_page_before_they_have(client, site, path):
    text = words(soup(client.get(path)))
    assert ("not yet" in text.lower()) if path.startswith("/en/") else ("এখনো কোনো চিকিৎসক" in text)


def test_bangla_pages_have_no_discouraged_word(site):
    from treatments.publishing.preflight import live_editions, subject_for

    assert Term.objects.count() >= 60
    for treatment in site:
        found = findings(subject_for(treatment, live_editions(treatment, timezone.now())))
        assert not [finding for finding in found if finding.level == "blocking"]


# --- The clinic -------------------------------------------------------------------------------------


def test_without_a_phone_there_is_no_call_button(client, site):
    for path in ("/en/", "/bn/", "/en/about/", "/en/treatments/iontophoresis/"):
        page = soup(client.get(path))
        called = {link["href"] for link in page.find_all("a", href=re.compile("^tel:"))}
        assert called <= {"tel:999"}
        assert not re.search(r"wa\.me/\d", str(page))


def test_a_phone_that_staff_add_is_on_the_pages_at_once(client, site):
    clinic = Clinic.objects.get()
    clinic.phones, clinic.whatsapp = PHONE, PHONE
    clinic.save()
    for language in LANGUAGES:
        page = soup(client.get(f"/{language}/treatments/iontophoresis/"))
        assert page.find("a", href=f"tel:{PHONE}")
        assert page.find("a", href=re.compile(rf"^https://wa\.me/{PHONE[1:]}"))


def test_the_shipped_name_is_an_obvious_placeholder(client, site):
    assert "Your clinic's name" in words(soup(client.get("/en/")))
    assert "আপনার ক্লিনিকের নাম" in words(soup(client.get("/bn/")))


def test_opening_hours_are_said_as_people_say_them(client, site):
    clinic = Clinic.objects.get()
    clinic.hours = [
        {"weekday": "sat", "opens": "10:00", "closes": "13:30"},
        {"weekday": "sat", "opens": "17:00", "closes": "20:00"},
    ]
    clinic.save()
    english = words(soup(client.get("/en/about/")))
    assert "10 am–1:30 pm" in english and "5 pm–8 pm" in english
    bangla = words(soup(client.get("/bn/about/")))
    assert "সকাল ১০টা–দুপুর ১টা ৩০ মিনিট" in bangla and "বিকেল ৫টা–রাত ৮টা" in bangla


# --- Search engines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_itself_and_its_other_language(client, site, path):
    head = soup(client.get(path)).head
    base, tail = settings.PUBLIC_URL, path[3:]
    assert [link["href"] for link in head.find_all("link", rel="canonical")] == [base + path]
    alternates = {
        link["hreflang"]: link["href"] for link in head.find_all("link", rel="alternate") if link.get("hreflang")
    }  # fmt: skip
    assert alternates == {
        "en": f"{base}/en{tail}",
        "bn": f"{base}/bn{tail}",
        "x-default": f"{base}/bn{tail}",
    }


@pytest.mark.parametrize("withdrawn", LANGUAGES)
def test_what_search_engines_are_led_to_is_there(client, site, withdrawn):
    """Each address answers by itself: none of them is a redirect, or gone."""
    withdraw(Treatment.objects.get(slug=SLUGS[0]), [withdrawn], now=timezone.now())
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    named = {element.text for element in sitemap.iter() if element.tag.endswith("}loc")}
    named |= {element.get("href") for element in sitemap.iter() if element.get("href")}
    pages = [urlsplit(address).path for address in named]
    for path in pages:
        head = soup(client.get(path)).head
        named |= {link["href"] for link in head.find_all("link", rel=["alternate", "canonical"])}
    for address in named:
        path = urlsplit(address).path
        assert client.get(path).status_code == 200, path
        assert path not in ("/", f"/{withdrawn}/treatments/{SLUGS[0]}/")


def test_titles_and_descriptions_are_each_pages_own(client, site):
    heads = [soup(client.get(path)).head for path in PATHS]
    titles = [head.title.get_text() for head in heads]
    descriptions = [head.find("meta", attrs={"name": "description"})["content"] for head in heads]
    assert len(set(titles)) == len(PATHS) and all(titles)
    assert len(set(descriptions)) == len(PATHS) and all(descriptions)


@pytest.mark.parametrize("left_out", [["search_description"], ["search_description", "summary"]])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_described_whatever_is_left_out(client, iontophoresis, language, left_out):
    snapshot = newest_snapshot(iontophoresis)
    document = json.loads(snapshot.document)
    for name in left_out:
        document["prose"][language][name] = ""
    Snapshot.objects.filter(pk=snapshot.pk).update(document=json.dumps(document))
    page = soup(client.get(f"/{language}/treatments/iontophoresis/"))
    said = [
        page.find("meta", attrs={"name": "description"})["content"],
        page.find("meta", property="og:description")["content"],
        json.loads(page.find("script", type="application/ld+json").string)["@graph"][0][
            "description"
        ],
    ]
    prose = document["prose"][language]
    assert set(said) == {prose["summary"] or prose["title"]}


def test_the_sitemap_lists_every_live_page_with_its_other_language(client, site):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    listed = {
        element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    assert {urlsplit(url).path for url in listed} >= set(PATHS)
    links = list(root.iter("{http://www.w3.org/1999/xhtml}link"))
    assert {link.get("hreflang") for link in links} == {"en", "bn", "x-default"}


def test_robots_find_the_sitemap_and_keep_no_page_of_the_admin(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "admin" not in text  # who may not read a page does not see what it says of itself
    login = client.get("/admin/login/")
    assert "noindex" in login["X-Robots-Tag"]
    assert "NONE" in soup(login).select_one("meta[name=robots]")["content"]
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in text


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_structured_data_is_json_and_holds_no_placeholder(client, site, path):
    blocks = soup(client.get(path)).find_all("script", type="application/ld+json")
    assert blocks
    for block in blocks:
        data = json.loads(block.string)
        assert "schema.org" in json.dumps(data)
        assert "Your clinic" not in json.dumps(data)


# --- Security and privacy ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_safe_by_its_headers_and_needs_nobody_else(client, site, path):
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    page = soup(response)
    assert not [script for script in page.find_all("script") if not script.get("src") and script.get("type") != "application/ld+json"]  # fmt: skip
    assert not page.find_all(style=True)
    used = [
        e.get("src") or e.get("href") for e in page.find_all(["img", "script", "link", "source"])
    ]
    for url in filter(None, used):
        assert urlsplit(url).netloc in ("", urlsplit(settings.PUBLIC_URL).netloc)


@pytest.mark.parametrize(
    "path",
    [
        *PATHS,
        "/bn/treatments/iontophoresis/plan/",
        "/bn/treatments/iontophoresis/check/",
        "/bn/treatments/iontophoresis/wrong/",
        "/bn/treatments/iontophoresis/helpful/thanks/",
        "/bn/nothing/",
    ],
)
def test_the_inline_style_sheet_is_the_one_that_the_policy_allows(client, site, path):
    response = client.get(path)
    (style,) = soup(response).find_all("style")
    digest = base64.b64encode(hashlib.sha256(style.string.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in response["Content-Security-Policy"]


def test_a_foreign_host_is_refused(client, site):
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400


def test_pages_take_no_posts(site):
    client = Visitor(enforce_csrf_checks=True)
    assert client.post("/en/").status_code == 405
    assert client.post("/en/treatments/iontophoresis/").status_code == 405


def test_a_head_says_how_long_the_page_is_and_sends_nothing(client, site):
    for path in ("/en/about/", "/en/nothing/"):
        response = client.head(path)
        assert int(response["Content-Length"]) > 1000 and response.content == b""


# --- How many queries -------------------------------------------------------------------------------


def queries(client, path) -> int:
    from django.db import connection

    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", TREATMENT_PATHS)
def test_a_treatment_page_costs_at_most_four_queries(client, site, path):
    assert queries(client, path) <= 4


def test_lists_cost_as_much_for_300_treatments_as_for_three(client, site):
    few = [queries(client, path) for path in ("/en/", "/bn/treatments/")]
    assert max(few) <= 4
    source = newest_snapshot(site[0])
    treatments = Treatment.objects.bulk_create(
        Treatment(slug=f"copy-{number}", position=number + 10) for number in range(297)
    )
    Publication.objects.bulk_create(
        Publication(
            treatment=treatment, snapshot=source, language=code, title=f"{treatment.slug} {code}",
            summary="", live_from=timezone.now() - timedelta(minutes=1),
        )
        for treatment in treatments
        for code in LANGUAGES
    )  # fmt: skip
    many = [queries(client, path) for path in ("/en/", "/bn/treatments/")]
    assert many == few
    assert queries(client, "/en/treatments/copy-150/") <= 4


def test_no_page_reads_a_draft(client, iontophoresis):
    """Whatever happens to the rows of a live treatment, its page says what was published."""
    before = client.get("/en/treatments/iontophoresis/").content
    iontophoresis.contraindication_set.all().delete()
    iontophoresis.translations.all().update(title="Secret draft")
    Treatment.objects.filter(pk=iontophoresis.pk).update(visit_max=99)
    assert client.get("/en/treatments/iontophoresis/").content == before


def test_style_sheets_and_scripts_name_no_other_host():
    root = Path(settings.BASE_DIR) / "static"
    for path in [*root.rglob("*.css"), *root.rglob("*.js")]:
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text("utf-8")), path
