"""Texts against the plan where it has other units, and where something else runs."""

from dataclasses import replace

import pytest

from treatments.checks import ASK, BLOCKING
from treatments.checks.plan import PlanInTexts
from treatments.document.places import Place

from ..plans import plan_of
from .editing import with_plan
from .small import saying

HOW_OFTEN = Place("how_often", "rate", "text")
FREEZING = plan_of("cold", running=(10, 30, "seconds"), frequency=(2, 3, "weeks_apart"))
TABLETS = plan_of("medicine", frequency=(1, 1, "a_day"), course=(3, 6, "months"))
LIGHT = plan_of("light", running=(1, 5), frequency=(2, 3), course=(20, 30))
SOAKS = plan_of("current", frequency=(3, 4), maintenance=(1, 2, "a_week"))
CLINIC = plan_of("current", frequency=(2, 3), maintenance=(2, 4))
FILLER = plan_of("needle", visit=(1, 2, "hours"), maintenance=(6, 12, "months_apart"))


def found(plan, english: str, bangla: str, place: Place) -> set[str]:
    subject = saying(english, bangla, place)
    subject = replace(
        subject, english=with_plan(subject.english, plan), bangla=with_plan(subject.bangla, plan)
    )
    return {one.level for one in PlanInTexts().find(subject) if one.place.section == place.section}


@pytest.mark.parametrize(
    ("plan", "english", "bangla"),
    [
        (FREEZING, "It is given every 2–3 weeks.", "২–৩ সপ্তাহ পরপর দেওয়া হয়।"),
        (FREEZING, "The freezing takes 10–30 seconds.", "জমাতে ১০–৩০ সেকেন্ড লাগে।"),
        (FREEZING, "Wait for 5 seconds, then rest.", "৫ সেকেন্ড অপেক্ষা করুন।"),
        (TABLETS, "Take it once a day.", "দিনে একবার খাবেন।"),
        (TABLETS, "Come to us every 3 months.", "৩ মাস পরপর আমাদের কাছে আসবেন।"),
        (LIGHT, "The light is on for 1–5 minutes.", "১–৫ মিনিট আলো দেওয়া হয়।"),
        (LIGHT, "Use the cream twice a day.", "ক্রিম দিনে দুবার লাগান।"),
        (SOAKS, "Later come 1–2 times a week.", "পরে সপ্তাহে ১–২ বার আসবেন।"),
        (SOAKS, "At first come 3–4 times a week.", "শুরুতে সপ্তাহে ৩–৪ বার আসবেন।"),
        (CLINIC, "Later, come once a month.", "পরে মাসে একবার আসবেন।"),
        (FILLER, "The visit takes 1–2 hours.", "মোট ১–২ ঘণ্টা সময় লাগে।"),
        (FILLER, "The visit takes 60–120 minutes.", "মোট ৬০–১২০ মিনিট সময় লাগে।"),
        (FILLER, "Later it is done every 6–12 months.", "পরে ৬–১২ মাস পরপর করা হয়।"),
    ],
)
def test_what_keeps_to_the_plan_passes(plan, english, bangla):
    assert found(plan, english, bangla, HOW_OFTEN) == set()


@pytest.mark.parametrize(
    ("plan", "english", "bangla", "level"),
    [
        (FREEZING, "It is given every 4–6 weeks.", "৪–৬ সপ্তাহ পরপর দেওয়া হয়।", ASK),
        (FREEZING, "It is given twice a week.", "সপ্তাহে দুবার দেওয়া হয়।", ASK),
        (FREEZING, "The freezing takes 60 seconds.", "জমাতে ৬০ সেকেন্ড লাগে।", BLOCKING),
        (FREEZING, "The freezing takes 10–30 minutes.", "জমাতে ১০–৩০ মিনিট লাগে।", BLOCKING),
        (SOAKS, "Later come 5 times a week.", "পরে সপ্তাহে ৫ বার আসবেন।", BLOCKING),
        (CLINIC, "Later come every 2 months.", "পরে ২ মাস পরপর আসবেন।", BLOCKING),
        (TABLETS, "Take it twice a day.", "দিনে দুবার খাবেন।", ASK),
        (LIGHT, "The light is on for 10 minutes.", "১০ মিনিট আলো দেওয়া হয়।", BLOCKING),
        (FILLER, "The visit takes 3 hours.", "মোট ৩ ঘণ্টা সময় লাগে।", BLOCKING),
        (FILLER, "Later it is done every 6–12 weeks.", "পরে ৬–১২ সপ্তাহ পরপর করা হয়।", BLOCKING),
    ],
)
def test_another_number_or_unit_than_the_plans_is_found(plan, english, bangla, level):
    assert level in found(plan, english, bangla, HOW_OFTEN)
