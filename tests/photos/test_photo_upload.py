"""A photo chosen on the change page."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from treatments.models import LANGUAGES, Picture
from treatments.photos.processing import make_renditions
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..admin_forms import page_of
from ..pages import soup, squeezed, words
from ..publishing.reading import publish_as_read
from ..sheet import NEW, TextForm, saved, text_of
from .pictures import photo, with_gps
from .uploading import ALT, CAPTION, PAGE, chosen, errors_of, put, replaced, with_a_photo


@pytest.fixture
def shown(staff, iontophoresis):
    """A treatment whose newest snapshot has a photo."""
    assert put(staff, iontophoresis, with_gps(6)).status_code == 302
    return iontophoresis.photo_set.get()


def test_an_uploaded_photo_reaches_patients_when_it_is_published(shown, iontophoresis, media):
    public = Client()
    assert not soup(public.get(PAGE)).find("picture")
    publish_as_read(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        page = soup(public.get(PAGE))
    assert len(queries) <= 4
    figure = page.select_one("#photos figure")
    assert words(figure.figcaption) == CAPTION["en"]
    image = figure.img
    assert image["alt"] == ALT["en"]
    assert (image["width"], image["height"]) == (str(shown.width), str(shown.height))
    assert (shown.width, shown.height) == (960, 1280)
    assert (image["loading"], image["decoding"]) == ("lazy", "async")
    assert [source["type"] for source in figure.find_all("source")] == ["image/avif", "image/webp"]
    offered = [image["src"]] + [
        entry.split()[0]
        for element in (*figure.find_all("source"), image)
        for entry in element["srcset"].split(", ")
    ]
    assert len(set(offered)) == 6
    for address in offered:
        response = public.get(address)
        assert response.status_code == 200
        assert b"".join(response) == (media / address.rsplit("/", 1)[1]).read_bytes()

    bangla = soup(public.get(PAGE.replace("/en/", "/bn/"))).select_one("#photos figure")
    assert bangla.img["alt"] == ALT["bn"]
    assert words(bangla.figcaption) == CAPTION["bn"]


def test_the_upload_itself_is_nowhere(shown, media):
    assert len(list(media.iterdir())) == 6
    for path in media.iterdir():
        assert b"SECRET" not in path.read_bytes()


def test_the_change_page_shows_the_photo_and_saving_it_untouched_changes_nothing(
    staff, small, bare
):
    before = bare.snapshots.count()
    for page in (page_of(bare), text_of(bare, "photos", small.uid)):
        assert soup(staff.get(page)).find("img", src=f"/media/pictures/{small.image}-480.jpg")
    assert saved(staff, bare, "photos", small.uid).status_code == 302
    assert bare.snapshots.count() == before


def test_photos_cost_the_change_page_no_query_however_many_there_are(staff, bare):
    def queries() -> int:
        save_snapshot(bare, now=timezone.now())
        staff.get(page_of(bare))
        with CaptureQueriesContext(connection) as captured:
            staff.get(page_of(bare))
        return len(captured)

    with_a_photo(bare)
    one = queries()
    for _number in range(3):
        with_a_photo(bare)
    assert queries() == one


def test_the_same_photo_again_is_the_same_picture(staff, small, bare):
    put(staff, bare, photo(600, 400))
    assert Picture.objects.count() == 1
    assert [row.image for row in bare.photo_set.all()] == [small.image] * 2


def test_another_photo_takes_the_place_of_the_first_one(staff, small, bare):
    replaced(staff, bare, small, photo(500, 400))
    now = bare.photo_set.get()
    assert (now.uid, now.pk) == (small.uid, small.pk)
    assert now.image != small.image
    assert (now.width, now.height) == (480, 384)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.jpg", "This is a drawing (SVG)"),
        (photo()[:5000], "x.jpg", "This photo is damaged or incomplete."),
        (b"", "x.jpg", "The submitted file is empty."),
    ],
)
def test_a_refused_file_is_explained_beside_its_field_and_every_word_is_kept(
    staff, bare, media, content, name, said
):
    response = put(staff, bare, content, name)
    assert response.status_code == 422
    assert said in errors_of(response)
    again = TextForm(staff, response).says
    assert (again["alt_en"], again["caption_bn"]) == (ALT["en"], CAPTION["bn"])
    assert not media.exists() and not Picture.objects.exists()
    assert not bare.photo_set.exists()


def without_a_file() -> dict:
    return {name: value for name, value in chosen(b"").items() if name != "upload"}


def test_a_photo_without_a_file_is_refused(staff, bare):
    response = saved(staff, bare, "photos", NEW, **without_a_file())
    assert "Choose a photo." in errors_of(response)


@pytest.mark.parametrize("name", ["0" * 16, "../../../etc/passwd"])
def test_a_picture_that_is_not_there_cannot_be_named(staff, bare, name):
    response = saved(staff, bare, "photos", NEW, image=name, **without_a_file())
    assert "This photo is no longer there. Choose it again." in errors_of(response)


def test_a_refused_file_leaves_the_photo_that_was_there(staff, small, bare):
    response = replaced(staff, bare, small, b"nothing")
    assert "This is not a photo" in errors_of(response)
    assert soup(response).find("img", src=f"/media/pictures/{small.image}-480.jpg")
    assert bare.photo_set.get().image == small.image


def test_a_form_refused_for_another_reason_still_has_its_photo(staff, bare):
    response = saved(staff, bare, "photos", NEW, **chosen(photo()) | {"alt_en": "x" * 301})
    assert response.status_code == 422
    assert TextForm(staff, response).save(alt_en=ALT["en"]).status_code == 302
    assert bare.photo_set.get().width == 1440


def test_a_full_disk_is_said_and_loses_nothing(staff, bare, media):
    media.parent.mkdir()
    media.write_text("a file where the folder should be")
    response = put(staff, bare, photo())
    assert "The photo could not be kept" in errors_of(response)
    assert TextForm(staff, response).says["alt_en"] == ALT["en"]


def test_photos_are_drawn_before_anybody_else_has_to_wait(staff, bare, monkeypatch):
    around, inside = len(connection.savepoint_ids), []

    def recorded(data):
        inside.append(len(connection.savepoint_ids))
        return make_renditions(data)

    monkeypatch.setattr("treatments.staff.photo_uploads.make_renditions", recorded)
    put(staff, bare, photo())
    assert inside == [around]


def test_who_may_not_edit_draws_no_photo(client, django_user_model, bare, media):
    reviewer = django_user_model.objects.create_user("reviewer", password="x", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(reviewer)
    assert client.post(text_of(bare, "photos", NEW), chosen(photo())).status_code == 403
    assert not media.exists() and not Picture.objects.exists()


def test_an_editor_may_upload(client, django_user_model, bare):
    person = django_user_model.objects.create_user("person", password="x", is_staff=True)
    person.groups.add(Group.objects.get(name="Editor"))
    client.force_login(person)
    assert put(client, bare, photo()).status_code == 302
    assert Picture.objects.get().uploaded_by == person


def test_a_preview_shows_the_photo_before_it_is_published(staff, bare):
    saved(staff, bare, "prose", "title", typed={"en-title": "x"})
    put(staff, bare, photo())
    page = soup(staff.get(page_of(bare)))
    [link] = [one for one in page.select(".go a") if squeezed(one) == "Preview English"]
    response = staff.get(link["href"])
    image = soup(response).select_one("#photos img")
    assert staff.get(image["src"]).status_code == 200
    assert "img-src 'self'" in response["Content-Security-Policy"]
    assert Client().get(f"/en/treatments/{bare.slug}/").status_code == 404
