"""The long texts of a treatment, one rich text per language, become items with both halves.

How passages of such a text were cut and bound to their words is written down here: the program has
forgotten it. What a paragraph says keeps its digest; one that was read, or written, only together with
others gets what those had.
"""

import hashlib
import json
from dataclasses import dataclass
from itertools import product

from django.db import migrations

from treatments.document.content import editions_of, in_language
from treatments.document.json_form import load_stored, paired_paragraphs
from treatments.document.passages import passages
from treatments.language.rich_text import clean, entries, join_entries, read_blocks
from treatments.language.text import ZWJ, ZWNJ, normalise

LANGUAGES = ("en", "bn")
MODELS = {
    "what_it_is": "WhatItIs",
    "results": "Results",
    "how_often": "HowOften",
    "cost": "Cost",
    "how_it_works": "HowItWorks",
}
LOSSES = ("taken_away", "printed_otherwise", "reordered")


def prose_becomes_rows(apps, schema_editor):
    model = {
        name: apps.get_model("treatments", name)
        for name in ("Treatment", "Snapshot", "Confirmation", "Authorship", "Waiver")
    }
    for treatment in model["Treatment"].objects.all():
        _write_rows(apps, treatment)
        _compute_digests_again(model["Snapshot"], treatment)
        texts = _Texts(apps, treatment)
        for key in MODELS:
            _move_waivers(model["Waiver"], treatment, key, texts)
            changed = list(_changed_passages(key, texts.pairs(key)))
            _add_confirmations(model["Confirmation"], treatment, key, changed)
            _add_authors(model["Authorship"], treatment, changed)
        _count_unconfirmed(model, treatment)
    if schema_editor.connection.vendor == "postgresql":
        # The columns go last, from tables that may have nothing left to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _write_rows(apps, treatment):
    rows = apps.get_model("treatments", "TreatmentProse").objects.filter(master=treatment)
    by_language = {row.language_code: row for row in rows}
    for key, name in MODELS.items():
        halves = [entries(getattr(by_language.get(code), key, "")) for code in LANGUAGES]
        model = apps.get_model("treatments", name)
        model.objects.bulk_create(
            model(
                treatment=treatment,
                uid=item["uid"],
                position=position,
                kind=item["kind"],
                text=item["text"]["en"],
                text_en=item["text"]["en"],
                text_bn=item["text"]["bn"],
            )
            for position, item in enumerate(paired_paragraphs(*halves), 1)
        )


def _compute_digests_again(model, treatment):
    """But not of the medical words: printed leaflets carry these as their code."""
    snapshots = model.objects.filter(treatment=treatment)
    for snapshot in snapshots.only("document").iterator():
        document = load_stored(snapshot.document)
        snapshots.filter(pk=snapshot.pk).update(
            digest=document.digest,
            **{f"digest_{code}": in_language(document, code).digest for code in LANGUAGES},
        )


class _Texts:
    """The long texts of a treatment in all its versions, as they were stored."""

    def __init__(self, apps, treatment):
        snapshots = apps.get_model("treatments", "Snapshot").objects.filter(treatment=treatment)
        shipped = apps.get_model("treatments", "ShippedWords").objects.filter(treatment=treatment)
        published = apps.get_model("treatments", "Publication").objects.filter(treatment=treatment)
        self.versions = []  # of each: plan, and prose by language
        together = {}
        stored = list(snapshots.order_by("pk").values_list("pk", "document"))
        newest = stored[-1][0] if stored else None
        live = {code: set(published.filter(language=code).values_list("snapshot_id", flat=True))
                for code in LANGUAGES}  # fmt: skip
        stored += [(0, text) for row in shipped for text in (row.document, row.offered) if text]
        for pk, document in stored:
            plain = json.loads(document)
            if plain["schema"] > 4:
                continue
            self.versions.append(plain)
            for code in LANGUAGES:
                if pk in live[code] or pk == newest:
                    together.setdefault(code, []).append(plain)
        self.together = together

    def pairs(self, key):
        """The English and the Bangla that stood or may stand beside each other."""
        own = {tuple(_html(plain, code, key) for code in LANGUAGES) for plain in self.versions}
        halves = (
            {"", *(_html(plain, code, key) for plain in self.together.get(code, ()))}
            for code in LANGUAGES
        )
        return sorted({*own, *product(*halves)} - {("", "")})


def _html(plain, code, key):
    prose = plain["prose"][code]
    return "".join(prose[key]) if prose else ""


# --- Passages of then, and of now ---------------------------------------------------------------


@dataclass(frozen=True)
class _Passage:
    digest: str
    halves: tuple[str, str]  # the digests of the English and of the Bangla alone
    words: tuple[str, str]
    blocks: tuple[frozenset, frozenset]  # of each language: which it has

    def touches(self, other):
        return any(mine & theirs for mine, theirs in zip(self.blocks, other.blocks, strict=True))


def _changed_passages(key, pairs):
    """The passages of now that have another digest, each with those of then that it is made of."""
    seen = set()
    for html in pairs:
        blocks = [_blocks(half) for half in html]
        then = list(_passages_of_then(key, blocks))
        for passage in _passages_of_now(key, [entries(half) for half in html], blocks):
            made_of = tuple(one for one in then if one.touches(passage))
            digests = (passage.digest, *(one.digest for one in made_of))
            if {passage.digest} != {*digests[1:]} and digests not in seen:
                seen.add(digests)
                yield passage, made_of


def _passages_of_then(key, blocks):
    there = [half for half in blocks if half]
    if len({tuple(kind for kind, _printed, _words in half) for half in there}) > 1:
        yield _passage(key, blocks, [frozenset(range(len(half))) for half in blocks])
        return
    for number in range(len(there[0]) if there else 0):
        one = [half[number : number + 1] for half in blocks]
        yield _passage(key, one, [frozenset({number} if half else ()) for half in blocks])


def _passages_of_now(key, halves, blocks):
    covered = [_covered(*half) for half in zip(halves, blocks, strict=True)]
    for item in paired_paragraphs(*halves):
        one, numbers = [], []
        for code, of_half in zip(LANGUAGES, covered, strict=True):
            text = item["text"][code]
            one.append([(item["kind"], _printed(text), _words(text))] if text else [])
            numbers.append(of_half.pop(0) if text else frozenset())
        yield _passage(key, one, numbers)


def _covered(half, blocks):
    """The numbers of the blocks whose words make each of the entries."""
    covered, number = [], 0
    for _kind, text in half:
        wanted, got, first = "".join(_words(text).split()), "", number
        while got != wanted and number < len(blocks):
            got += "".join(blocks[number][2].split())
            number += 1
        covered.append(frozenset(range(first, number)))
    return covered


def _blocks(html):
    blocks = [(block.kind, _runs(block), _block_words(block)) for block in read_blocks(clean(html))]
    return [block for block in blocks if block[2].strip()]


def _block_words(block):
    return "".join(run.text for run in block.runs)


def _words(text):
    return "\n".join(map(_block_words, read_blocks(text)))


def _printed(text):
    return "".join(map(_runs, read_blocks(text)))


def _runs(block):
    return "".join(
        f"<{'strong' * run.strong} {run.href}>{run.text}</>" if run.strong or run.href else run.text
        for run in block.runs
    )


def _passage(key, blocks, numbers):
    halves = [[{}, [[kind, _same_letters(text)] for kind, text, _w in half]] for half in blocks]
    return _Passage(
        _digest([key, *halves]),
        tuple(
            _digest([key, code, half]) if half[1] else ""
            for code, half in zip(LANGUAGES, halves, strict=True)
        ),
        tuple("\n".join(words.strip() for _k, _p, words in half) for half in blocks),
        tuple(numbers),
    )


def _same_letters(text):
    return normalise(text.translate(str.maketrans("", "", f"{ZWJ}{ZWNJ}\ufe0f")))


def _digest(parts):
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# --- What is bound to them ------------------------------------------------------------------------


def _add_confirmations(model, treatment, key, changed):
    """Who has read all that a passage is made of has read the passage."""
    rows = model.objects.filter(treatment=treatment, section="prose", item=key)
    read = [row for row in rows.order_by("pk") if not row.taken_back_at and row.kind not in LOSSES]
    by_digest = {row.digest: row for row in read}
    by_half = {half: row for row in read for half in (row.digest_en, row.digest_bn) if half}
    added = {}
    for passage, made_of in changed:
        found = [
            by_digest.get(one.digest)
            # Beside a language that is not there, one of the half is enough.
            or (by_half.get("".join(one.halves)) if "" in one.halves else None)
            for one in made_of
        ]
        if found and all(found):
            newest = max(found, key=lambda row: row.pk)
            added[passage.digest] = model(
                treatment=treatment,
                kind=newest.kind,
                section=key,
                digest=passage.digest,
                key=newest.key,
                digest_en=passage.halves[0],
                digest_bn=passage.halves[1],
                words={"text": dict(zip(LANGUAGES, passage.words, strict=True))},
                confirmed_by_id=newest.confirmed_by_id,
                confirmed_by_name=newest.confirmed_by_name,
                confirmed_at=newest.confirmed_at,
            )
    for row in rows:
        row.section, row.item = key, ""
        row.words = {name or "text": pair for name, pair in row.words.items()}
        row.save(update_fields=["section", "item", "words"])
    model.objects.bulk_create(added.values())


def _add_authors(model, treatment, changed):
    """Who wrote, or took away, anything that a passage is made of wrote it, or took it away."""
    rows = model.objects.filter(treatment=treatment)
    by_digest = {}
    for row in rows:
        by_digest.setdefault(row.digest, []).append(row)
    there = {(row.digest, row.written_by_id) for row in rows}
    for passage, made_of in changed:
        for one in made_of:
            for old, new in zip(
                (one.digest, *one.halves), (passage.digest, *passage.halves), strict=True
            ):
                for of_old, of_new in ((old, new), (_gone(old), _gone(new))):
                    for row in by_digest.get(of_old, ()) if old and new else ():
                        if (of_new, row.written_by_id) not in there:
                            there.add((of_new, row.written_by_id))
                            row.pk, row.digest = None, of_new
                            row.save(force_insert=True)


def _gone(digest):
    return hashlib.sha256(f"gone\n{digest}".encode()).hexdigest()[:32]


def _move_waivers(model, treatment, key, texts):
    rows = list(model.objects.filter(treatment=treatment, section="prose", item=key))
    if not rows:
        return
    digests = {}
    for plain in texts.versions:
        halves = [_html(plain, code, key) if plain["prose"][code] else None for code in LANGUAGES]
        of_now = [half and join_entries(entries(half)) for half in halves]
        plan = plain["plan"] if plain["prose"]["en"] else None
        old, new = (_waiver_digest(key, both, plan) for both in (halves, of_now))
        digests[old] = new
    for row in rows:
        row.section, row.item, row.field = key, "", ""
        row.digest = digests.get(row.digest, row.digest)
        row.save(update_fields=["section", "item", "field", "digest"])


def _waiver_digest(key, halves, plan):
    text = json.dumps(["prose", key, *halves, plan], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _count_unconfirmed(model, treatment):
    newest = model["Snapshot"].objects.filter(treatment=treatment).order_by("-pk").first()
    if newest is None:
        return
    rows = model["Confirmation"].objects.filter(treatment=treatment, taken_back_at=None)
    read = {row.digest for row in rows}
    editions = editions_of(load_stored(newest.document))
    there = [code for code in LANGUAGES if editions[code]]
    if len(there) == 1:
        read = {
            half for row in rows if row.kind not in LOSSES
            if (half := getattr(row, f"digest_{there[0]}"))
        }  # fmt: skip
    draft = passages(*editions.values())
    newest.unconfirmed = sum(
        (passage.digest_in(there[0]) if len(there) == 1 else passage.digest) not in read
        for passage in draft
    )
    newest.save(update_fields=["unconfirmed"])


class Migration(migrations.Migration):
    dependencies = [("treatments", "0025_paragraphs")]

    operations = [
        migrations.RunPython(prose_becomes_rows, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name="treatmentprose", name=name) for name in MODELS),
    ]
