"""A photo removed everywhere is gone for good, and nothing brings it back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from treatments.models import LANGUAGES, LoadedContent, Picture, Snapshot, Treatment
from treatments.photos import storage
from treatments.photos.processing import make_renditions
from treatments.publishing import fixtures
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot

from ..admin_forms import page_of
from ..conftest import NOW
from ..pages import soup, words
from ..publishing.reading import publish_as_read
from ..sheet import NEW, TextForm, opened, saved
from .pictures import photo
from .uploading import ALT, PAGE, errors_of, file_of, put, with_a_photo

AS_WITH_A_PHOTO = photo(1000, 700)  # the very file that `with_a_photo` keeps


@pytest.fixture
def shown(iontophoresis) -> str:
    """The name of a photo on a page that is live in both languages, and reviewed."""
    name = with_a_photo(iontophoresis).image
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    who = {"reviewer": "A", "qualification": "B", "reviewed_on": NOW, "next_due": timezone.now()}
    for code in LANGUAGES:
        record_review(snapshot, code, now=timezone.now(), **who)
    return name


def removal_of(name: str) -> str:
    return reverse("admin:treatments_picture_remove", args=[name])


def remove(staff, name: str, because: str = "consent"):
    """As a person would: by the form of the page that says what will happen."""
    page = soup(staff.get(removal_of(name)))
    form = page.select_one("form.publish-form")
    assert because in {field["value"] for field in form.find_all("input", type="radio")}
    token = form.find("input", type="hidden")
    return staff.post(
        removal_of(name), {token["name"]: token["value"], "because": because}, follow=True
    )


def photos_on(response) -> int:
    return len(soup(response).select("#photos img"))


def test_it_is_gone_from_pages_files_history_and_drafts(staff, shown, iontophoresis, media):
    kept = {snapshot.pk: snapshot.document for snapshot in Snapshot.objects.all()}
    said = words(soup(remove(staff, shown)))
    assert "The photo is removed everywhere" in said and "removed everywhere on" in said

    for code in LANGUAGES:
        public = Client().get(PAGE.replace("/en/", f"/{code}/"))
        assert public.status_code == 200 and not photos_on(public)
        assert shown not in public.content.decode()
        assert not soup(public).select("#photos, a[href='#photos']")
    assert not list(media.iterdir())
    for client in (Client(), staff):
        for width in (480, 960):
            assert client.get(file_of(shown, width)).status_code == 404
    assert not iontophoresis.photo_set.exists()
    assert shown not in newest_snapshot(iontophoresis).document

    unchanged = Snapshot.objects.filter(pk__in=kept)
    assert {snapshot.pk: snapshot.document for snapshot in unchanged} == kept
    live = iontophoresis.publications.live(timezone.now())
    assert all(publication.review for publication in live)


def test_the_history_says_who_and_when_and_shows_it_no_more(staff, nurse, shown, iontophoresis):
    before = newest_snapshot(iontophoresis)
    publication = iontophoresis.publications.live(timezone.now()).get(language="en")
    remove(staff, shown)
    base = f"/admin/treatments/treatment/{iontophoresis.pk}"
    history = words(soup(staff.get(f"{base}/history/")))
    assert "Photos that were removed everywhere" in history and "by nurse" in history
    assert "The person in the photo does not agree any more" in history
    assert newest_snapshot(iontophoresis).saved_by == nurse
    now = newest_snapshot(iontophoresis)
    for address in (
        f"version/{before.pk}/en/",
        f"as_published/?publication={publication.pk}",
        f"compare/?old={before.pk}&new={now.pk}",
        f"restore/?snapshot={before.pk}",
    ):
        page = staff.get(f"{base}/{address}")
        assert page.status_code == 200 and shown not in page.content.decode(), address
        assert "A photo was removed everywhere on" in words(soup(page)), address
        assert "by nurse" in words(soup(page)), address
        assert ALT["en"] not in words(soup(page)), address


def test_an_old_version_brought_back_and_published_does_not_bring_it_back(
    staff, shown, iontophoresis
):
    before = newest_snapshot(iontophoresis)
    remove(staff, shown)
    iontophoresis.benefit_set.first().delete()
    save_snapshot(iontophoresis, now=timezone.now())
    again = restore(before, now=timezone.now())
    assert shown not in again.document and not iontophoresis.photo_set.exists()
    # Nor a version of then, should anybody publish it.
    for snapshot in (again, before):
        publish_as_read(snapshot, LANGUAGES, now=timezone.now())
        public = Client().get(PAGE)
        assert public.status_code == 200 and not photos_on(public)
        assert Client().get(file_of(shown)).status_code == 404


def test_one_language_can_be_published_while_the_other_still_names_it(staff, shown, iontophoresis):
    remove(staff, shown)
    assert publish_as_read(newest_snapshot(iontophoresis), ["en"], now=timezone.now())
    assert Client().get(PAGE).status_code == 200


def test_what_is_planned_goes_live_without_it(staff, iontophoresis):
    name = with_a_photo(iontophoresis).image
    soon = timezone.now() + timedelta(days=1)
    snapshot = save_snapshot(iontophoresis, now=timezone.now())
    publish_as_read(snapshot, LANGUAGES, now=timezone.now(), at=soon)
    assert "planned for" in words(soup(staff.get(removal_of(name))))
    remove(staff, name)
    iontophoresis.publications.filter(live_until=soon).update(live_until=timezone.now())
    iontophoresis.publications.filter(live_from=soon).update(live_from=timezone.now())
    public = Client().get(PAGE)
    assert public.status_code == 200 and not photos_on(public)
    assert Client().get(file_of(name)).status_code == 404


def test_content_that_names_it_is_loaded_without_it(staff, shown, iontophoresis, tmp_path):
    fixtures.dump(tmp_path / "before")
    remove(staff, shown)
    fixtures.dump(tmp_path / "after")
    assert shown in (tmp_path / "before" / "iontophoresis.json").read_text()
    assert shown not in (tmp_path / "after" / "iontophoresis.json").read_text()
    for model in (Treatment, LoadedContent):
        model.objects.all().delete()
    call_command("load_content", tmp_path / "before", verbosity=0)
    public = Client().get(PAGE)
    assert public.status_code == 200 and not photos_on(public)
    assert Client().get(file_of(shown)).status_code == 404


def test_another_site_that_never_had_it_keeps_its_content_a_draft(staff, shown, tmp_path):
    fixtures.dump(tmp_path)
    remove(staff, shown)
    for model in (Treatment, LoadedContent, Picture):
        model.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("load_content", tmp_path, verbosity=0)
    assert Client().get(PAGE).status_code == 404


def test_the_same_file_uploaded_again_is_refused_in_words(staff, shown, iontophoresis, media):
    remove(staff, shown)
    response = put(staff, iontophoresis, AS_WITH_A_PHOTO)
    assert "This very photo was removed everywhere" in errors_of(response)
    assert not list(media.iterdir()) and not iontophoresis.photo_set.exists()


def test_a_form_that_names_it_is_refused(staff, shown, iontophoresis):
    remove(staff, shown)
    response = saved(staff, iontophoresis, "photos", NEW, image=shown, alt_en=ALT["en"])
    assert "This photo is no longer there." in errors_of(response)
    assert not iontophoresis.photo_set.exists()


def test_a_form_opened_before_does_not_bring_it_back(staff, shown, iontophoresis):
    title = opened(staff, iontophoresis, "prose", "title")
    photo = opened(staff, iontophoresis, "photos", iontophoresis.photo_set.get().uid)
    assert shown in photo.says.values()
    remove(staff, shown)
    assert title.save(typed={"en-title": "A new title"}).status_code == 302
    assert newest_snapshot(iontophoresis).document.count("A new title") == 1
    answer = photo.save(alt_en="Two hands.")
    while answer.status_code == 409:  # somebody deleted it: saving puts it back
        answer = TextForm(staff, answer).save()
    assert "This photo is no longer there." in errors_of(answer)
    assert not iontophoresis.photo_set.exists()
    assert shown not in newest_snapshot(iontophoresis).document


def test_files_that_cannot_be_deleted_are_said_and_go_with_the_next_sweep(
    staff, shown, media, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", lambda name: 1 / 0)
        said = words(soup(remove(staff, shown)))
    assert "Its files could not be deleted yet" in said
    assert list(media.iterdir())
    for client in (Client(), staff):
        assert client.get(file_of(shown)).status_code == 404
    assert not photos_on(Client().get(PAGE))
    storage.delete_unused(now=timezone.now() + timedelta(days=2))
    assert not list(media.iterdir())
    assert Picture.objects.get(name=shown).removed_at


def test_who_may_not_publish_sees_where_it_is_and_cannot_remove_it(
    client, django_user_model, shown, media
):
    person = django_user_model.objects.create_user("person", password="x", is_staff=True)
    client.force_login(person)
    assert client.get(removal_of(shown)).status_code == 403
    person.groups.add(Group.objects.get(name="Editor"))
    page = soup(client.get(removal_of(shown)))
    assert "On the live page" in words(page) and not page.select("form.publish-form")
    assert client.post(removal_of(shown), {"because": "consent"}).status_code == 403
    assert photos_on(Client().get(PAGE)) == 1 and list(media.iterdir())


def test_without_a_reason_nothing_is_removed(staff, shown):
    for because in ("", "her name is R."):
        response = staff.post(removal_of(shown), {"because": because})
        assert "Choose why the photo is removed" in words(soup(response))
    assert photos_on(Client().get(PAGE)) == 1


def test_the_page_before_says_where_the_photo_is_and_is_found_from_the_photo(
    staff, shown, iontophoresis
):
    form = opened(staff, iontophoresis, "photos", iontophoresis.photo_set.get().uid)
    link = form.form.find("a", href=removal_of(shown))
    assert "Remove this photo everywhere" in words(link)
    listed = soup(staff.get(reverse("admin:treatments_picture_changelist")))
    assert listed.find("a", href=removal_of(shown)) and "on a live page" in words(listed)
    said = words(soup(staff.get(removal_of(shown))))
    for part in ("(English)", "(Bangla)", "In the draft:", "saved version", "cannot be undone"):
        assert part in said
    remove(staff, shown)
    listed = words(soup(staff.get(reverse("admin:treatments_picture_changelist"))))
    assert "removed everywhere on" in listed and "by nurse" in listed
    assert staff.get(page_of(iontophoresis)).status_code == 200


def test_the_other_photos_of_a_page_stay(staff, shown, iontophoresis):
    row = iontophoresis.photo_set.get()
    other = storage.store_photo(make_renditions(photo(700, 500)), now=timezone.now())
    row.pk, row.uid, row.image = None, "other", other.name
    row.width, row.height = other.width, other.height
    row.save()
    publish_as_read(save_snapshot(iontophoresis, now=timezone.now()), LANGUAGES, now=timezone.now())
    remove(staff, shown)
    assert photos_on(Client().get(PAGE)) == 1
    assert Client().get(file_of(other.name)).status_code == 200


def test_who_removed_it_stays_known(staff, nurse, shown, iontophoresis, django_user_model):
    remove(staff, shown)
    boss = django_user_model.objects.create_superuser("boss")
    other = Client()
    other.force_login(boss)
    page = other.get(f"/admin/auth/user/{nurse.pk}/delete/")
    assert "Cannot delete" in words(soup(page))
    assert not soup(page).find("input", {"type": "submit"})
