"""The command that checks the content."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from treatments.checks import CHECKS
from treatments.models import Confirmation, Contraindication


def check(*arguments: str) -> str:
    out = StringIO()
    call_command("check_content", *arguments, stdout=out)
    return out.getvalue()


def test_the_shipped_drafts_pass(drafts):
    assert "0 blocking" in check()


def test_published_pages_pass(site):
    assert "0 blocking" in check("--published")


def test_nothing_published_is_nothing_to_check(drafts):
    assert check("--published", "--json") == "[]\n"


@pytest.fixture
def lost_reason(drafts):
    reason = Contraindication.objects.get(treatment__slug="iontophoresis", uid="epilepsy")
    reason.text_bn = ""
    reason.save()


def test_a_blocking_finding_ends_with_code_1(lost_reason, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("check_content", "iontophoresis")
    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert "blocking halves at contraindications/epilepsy/text" in told
    assert "not confirmed at contraindications/epilepsy: You have epilepsy" in told
    assert "\n1 blocking, " in told and " to look at, " in told
    assert told.endswith("; 1 text not confirmed.\n")


@pytest.mark.parametrize("arguments", [[], ["--published"]])
def test_what_nobody_has_confirmed_is_listed_and_is_no_failure(site, arguments):
    first = Contraindication.objects.get(treatment__slug="iontophoresis", uid="pregnancy")
    Confirmation.objects.filter(treatment=first.treatment, item="pregnancy").delete()
    told = check(*arguments)
    english, bangla = (f"{first.text_en} · ", f" / {first.text_bn} · ")
    assert f"  not confirmed at contraindications/pregnancy: {english}" in told and bangla in told
    assert told.endswith("; 1 text not confirmed.\n")


def test_findings_can_be_had_as_json(lost_reason, capsys):
    with pytest.raises(SystemExit):
        call_command("check_content", "--json")
    finding = json.loads(capsys.readouterr().out)[0]
    assert finding["treatment"] == "iontophoresis"
    assert (finding["section"], finding["item"]) == ("contraindications", "epilepsy")
    assert {"check", "level", "language", "message"} <= finding.keys()


def test_other_treatments_are_left_out(lost_reason):
    assert "0 blocking" in check("iontophoresis-at-home")


def test_an_unknown_treatment_is_named(drafts):
    with pytest.raises(CommandError, match="nowhere"):
        check("nowhere")


def test_the_checks_are_listed_as_a_table():
    rows = check("--list").splitlines()
    assert rows[0].startswith("| id |")
    assert [row.split(" | ")[0].strip("| ") for row in rows[2:]] == [one.id for one in CHECKS]


def test_the_list_says_what_a_reviewer_may_let_stand():
    rows = {line.split(" | ")[0].strip("| "): line for line in check("--list").splitlines()}
    assert rows["halves"].endswith("| no |")
    assert rows["items"].endswith("| no |")
    assert rows["negation"].endswith("| yes, with a reason |")
    assert rows["long-sentences"].endswith("|  |")
