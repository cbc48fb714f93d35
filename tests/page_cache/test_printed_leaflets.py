"""What a printed leaflet's code opens is kept while it is right; made-up codes are kept nowhere."""

from datetime import timedelta

from django.utils import timezone

from treatments.leaflet.printed import code_of
from treatments.models import Publication, Treatment
from treatments.page_cache import invalidation
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot

from .asking import ask, new_phone, publish_anew, unreachable

CURRENT = "These are today’s words.".encode()


def scanned(slug="iontophoresis") -> str:
    code = code_of(newest_snapshot(Treatment.objects.get(slug=slug)), "en")
    return f"/en/treatments/{slug}/leaflet/{code}/"


def test_the_second_reader_costs_no_query(store):
    path = scanned()
    first = ask(store, path)
    assert CURRENT in first.body
    store.django = unreachable
    assert ask(store, path).body == ask(store, f"{path}?fbclid=x").body == first.body


def test_new_words_are_there_for_the_next_reader(store, committed):
    path = scanned()
    assert CURRENT in ask(store, path).body
    with committed():
        publish_anew("iontophoresis", title="Iontophoresis to sweat less (at the clinic)")
    answer = ask(store, path)
    assert (
        CURRENT not in answer.body and b"Iontophoresis to sweat less (at the clinic)" in answer.body
    )


def test_another_treatments_words_leave_it_stored(store, committed):
    far = Treatment.objects.order_by("position")[2].slug
    path = scanned(far)
    ask(store, path)
    with committed():
        publish_anew(Treatment.objects.order_by("position")[0].slug, title="The first one")
    store.django = unreachable
    assert CURRENT in ask(store, path).body


def test_a_withdrawn_one_is_gone_for_the_next_reader(store, committed, iontophoresis):
    path = scanned()
    ask(store, path)
    with committed():
        withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    assert ask(store, path).status == 404


def test_a_planned_publication_ends_it_at_its_moment(store, committed, iontophoresis):
    path, moment = scanned(), timezone.now() + timedelta(hours=1)
    with committed():
        Publication.objects.filter(treatment=iontophoresis).update(live_until=moment)
    ask(store, path)
    assert store._read(path).until == moment.timestamp()


def test_a_new_phone_number_is_on_it(store, committed):
    path = scanned()
    ask(store, path)
    with committed():
        new_phone()
    answer = ask(store, path)
    assert b"+8801700000001" in answer.body and CURRENT in answer.body


def test_made_up_codes_fill_no_store(store):
    ask(store, scanned())
    before = sorted(path.name for path in invalidation.FOLDER.rglob("*") if path.is_file())
    remembered = len(store._memory)
    for number in range(300):
        answer = ask(store, f"/en/treatments/iontophoresis/leaflet/{number:08x}/")
        assert answer.status == 404
        assert "no-store" in answer.headers["Cache-Control"]
    after = sorted(path.name for path in invalidation.FOLDER.rglob("*") if path.is_file())
    new = {name for name in after if not name.startswith("page-")} - set(before)
    assert not new and len(store._memory) == remembered
