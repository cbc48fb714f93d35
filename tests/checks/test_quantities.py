"""Digits of both scripts, and numbers read out of texts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatments.checks import ASK, BLOCKING
from treatments.checks.lexicon import numbers
from treatments.checks.numbers import named_alone, number_differences
from treatments.checks.reading.quantities import quantities
from treatments.checks.reading.quantity import NUMBER, RANGE, SHARE, measure
from treatments.language.digits import ascii_digits, bangla_digits, digits_in, range_in
from treatments.language.text import normalise

whole = st.integers(0, 10_000_000)
decimals = st.decimals(0, 1000, places=1)


@given(st.text())
def test_digits_come_back_from_bangla(text):
    assert ascii_digits(bangla_digits(text)) == ascii_digits(text)


@given(whole)
def test_a_number_has_one_value_in_both_scripts(number):
    values = {
        quantities(digits_in(script, number), language)[0].values
        for script in ("en", "bn")
        for language in ("en", "bn")
    }
    assert values == {(Decimal(number),)}


@given(decimals)
def test_a_decimal_is_read_in_both_scripts(number):
    for language in ("en", "bn"):
        (found,) = quantities(f"{digits_in(language, number)}%", language)
        assert (found.values, found.unit) == ((number,), "percent")


@given(st.integers(1_000, 99_999_999))
def test_grouped_digits_are_one_number(number):
    western = f"{number:,}"
    head, tail = str(number)[:-3], str(number)[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    indian = ",".join([*pairs, tail])
    assert quantities(western, "en")[0].values == (number,)
    assert quantities(bangla_digits(indian), "bn")[0].values == (number,)


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_range_keeps_its_order(low, more):
    for language, unit in (("en", "minutes"), ("bn", "মিনিট")):
        (found,) = quantities(f"{range_in(language, low, low + more)} {unit}", language)
        assert (found.form, found.values) == (RANGE, (low, low + more))
        assert found.unit == "minute"


@given(st.integers(1, 98), st.integers(1, 400))
def test_a_share_reads_the_same_either_way_round(part, rest):
    whole_group = part + rest if part + rest != 100 else 101 + part
    (english,) = quantities(f"{part} of {whole_group} people", "en")
    (bangla,) = quantities(bangla_digits(f"{whole_group} জনের মধ্যে {part} জন"), "bn")
    assert english.form == bangla.form == SHARE
    assert english.values == bangla.values == (part, whole_group)


DASHES = "-‐‑‒–—−"


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(DASHES))
def test_any_dash_makes_a_range(low, more, dash):
    for language, unit in (("en", "minutes"), ("bn", "মিনিট")):
        ends = (digits_in(language, end) for end in (low, low + more))
        (found,) = quantities(f"{dash.join(ends)} {unit}", language)
        assert (found.form, found.values, found.unit) == (RANGE, (low, low + more), "minute")


@given(st.integers(10, 99_999), st.sampled_from("\u200b\u2060\u00ad\ufeff"))
def test_what_nobody_sees_is_no_part_of_a_number(number, unseen):
    for language in ("en", "bn"):
        digits = unseen.join(digits_in(language, number))
        assert quantities(f"{digits} mg", language)[0].values == (number,)


WORDS = {
    language: {
        int(value): word
        for word, value in reversed(numbers("word", language).items())
        if value % 1 == 0
    }
    for language in ("en", "bn")
}


def in_english(number: int) -> str:
    for power, name in ((10**6, "million"), (1000, "thousand")):
        if number >= power:
            rest = number % power
            joined = " and " if rest < 100 else " "
            head = f"{in_english(number // power)} {name}"
            return head + (joined + in_english(rest) if rest else "")
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{WORDS['en'][number // 100]} hundred{rest}"
    if number in WORDS["en"]:
        return WORDS["en"][number]
    return f"{WORDS['en'][number - number % 10]}-{WORDS['en'][number % 10]}"


def in_bangla(number: int) -> str:
    parts = []
    for power, name in ((10**7, " কোটি"), (10**5, " লাখ"), (1000, " হাজার"), (100, "শ")):
        if number >= power:
            parts.append(f"{in_bangla(number // power)}{name}")
            number %= power
    return " ".join([*parts, WORDS["bn"][number]] if number or not parts else parts)


@given(st.integers(0, 99_999_999))
def test_a_number_in_words_is_read_in_both_languages(number):
    (english,) = quantities(f"{in_english(number)} taka", "en")
    (bangla,) = quantities(normalise(f"{in_bangla(number)} টাকা"), "bn")
    assert english.values == bangla.values == (number,)
    assert english.unit == bangla.unit == "taka"


@given(st.integers(3, 99), st.sampled_from([(1, ""), (100, "শ"), (1000, " হাজার"), (10**5, " লাখ")]))
def test_halves_and_quarters_are_of_the_whole_power(number, power):
    factor, name = power
    for word, part in (("সাড়ে", "0.5"), ("পৌনে", "-0.25"), ("সোয়া", "0.25")):
        text = normalise(f"{word} {WORDS['bn'][number]}{name} টাকা")
        (found,) = quantities(text, "bn")
        assert found.values == ((number + Decimal(part)) * factor,)


@given(st.text(), st.sampled_from(["en", "bn"]))
def test_any_text_can_be_read(text, language):
    for found in quantities(text, language):
        assert found.values or found.loose


# text, language, (value or values, unit, per)
READ = [
    ("once a week", "en", (1, "time", "week")),
    ("twice daily", "en", (2, "time", "day")),
    ("3 days a week", "en", (3, "time", "week")),
    ("half an hour", "en", ("0.5", "hour", "")),
    ("an hour and a half", "en", ("1.5", "hour", "")),
    ("twenty-five minutes", "en", (25, "minute", "")),
    ("a 20-minute session", "en", (20, "minute", "")),
    ("500 mg", "en", (500, "milligram", "")),
    ("take .5 mg", "en", ("0.5", "milligram", "")),
    ("1,200 taka", "en", (1200, "taka", "")),
    ("seven patients", "en", (7, "person", "")),
    ("দিনে দুবার", "bn", (2, "time", "day")),
    ("সপ্তাহে ৩ দিন", "bn", (3, "time", "week")),
    ("আধা ঘণ্টা", "bn", ("0.5", "hour", "")),
    ("দেড় ঘণ্টা", "bn", ("1.5", "hour", "")),
    ("আড়াই মাস", "bn", ("2.5", "month", "")),
    ("সাড়ে তিন ঘণ্টা", "bn", ("3.5", "hour", "")),
    ("পঁচিশ মিনিট", "bn", (25, "minute", "")),
    ("নয়টি সেশন", "bn", (9, "session", "")),
    ("শতকরা ৮১.২ জন", "bn", ("81.2", "percent", "")),
    ("৯২ দশমিক ৯ শতাংশ", "bn", ("92.9", "percent", "")),
    ("সাতজন রোগী", "bn", (7, "person", "")),
    ("১০০ জনে ৫ জন", "bn", (5, "percent", "")),
    ("১,২০০ টাকা", "bn", (1200, "taka", "")),
    ("two and a half thousand taka", "en", (2500, "taka", "")),
    ("half a dozen tablets", "en", (6, "tablet", "")),
    ("a quarter of an hour", "en", ("0.25", "hour", "")),
    ("2½ hours", "en", ("2.5", "hour", "")),
    ("1 hour 30 minutes", "en", (90, "minute", "")),
    ("a couple of days", "en", (2, "day", "")),
    ("every other day", "en", (2, "day", "")),
    ("a fortnight", "en", (2, "week", "")),
    ("two weeks apart", "en", (2, "week", "")),
    ("twice", "en", (2, "time", "")),
    ("−5 °C", "en", (-5, "celsius", "")),
    ("minus 196 degrees", "en", (-196, "degree", "")),
    ("8:30 pm", "en", ("20.5", "oclock", "")),
    ("half past nine", "en", ("9.5", "oclock", "")),
    ("the 3rd of March", "en", (3, "date", "")),
    ("SPF 30", "en", (30, "spf", "")),
    ("15 mg per kg a day", "en", (15, "milligram", "day")),
    ("call 01711-123456", "en", (1711123456, "phone", "")),
    ("সাড়ে তিন হাজার টাকা", "bn", (3500, "taka", "")),
    ("পৌনে দুইশ টাকা", "bn", (175, "taka", "")),
    ("১ হাজার ২০০ টাকা", "bn", (1200, "taka", "")),
    ("পাঁচশ টাকা", "bn", (500, "taka", "")),
    ("দেড় লাখ টাকা", "bn", (150_000, "taka", "")),
    ("মিনিট বিশেক", "bn", (20, "minute", "")),
    ("সপ্তাহ দুয়েক", "bn", (2, "week", "")),
    ("শ-চারেক টাকা", "bn", (400, "taka", "")),
    ("হাজার পাঁচেক রোগী", "bn", (5000, "person", "")),
    ("লাখ দুয়েক টাকা", "bn", (200_000, "taka", "")),
    ("শখানেক টাকা", "bn", (100, "taka", "")),
    ("the first month and a half", "en", ("1.5", "month", "")),
    ("the last hour and a half", "en", ("1.5", "hour", "")),
    ("হাজারখানেক টাকা", "bn", (1000, "taka", "")),
    ("এক দিন পরপর", "bn", (2, "day", "")),
    ("দুই সপ্তাহে একবার", "bn", (2, "week", "")),
    ("সাত কর্মদিবস", "bn", (7, "workday", "")),
    ("মাইনাস ১৯৬ ডিগ্রি", "bn", (-196, "degree", "")),
    ("শূন্যের ৫ ডিগ্রি নিচে", "bn", (-5, "degree", "")),
    ("সাড়ে ৯টায়", "bn", ("9.5", "oclock", "")),
    ("রাত ৮টা", "bn", (20, "oclock", "")),
    ("৩ মার্চ", "bn", (3, "date", "")),
    ("এসপিএফ ৩০", "bn", (30, "spf", "")),
    ("প্রতি কেজিতে দিনে ১৫ মিগ্রা", "bn", (15, "milligram", "day")),
    ("০১৭১১-১২৩৪৫৬ নম্বরে", "bn", (1711123456, "phone", "")),
    ("তিন বেলা", "bn", (3, "meal", "")),
]


@pytest.mark.parametrize(("text", "language", "expected"), READ)
def test_a_quantity_is_read(text, language, expected):
    found = next(one for one in quantities(normalise(text), language) if not one.loose)
    value, unit, per = expected
    assert (found.form, found.values, found.unit, found.per) == (
        NUMBER,
        (Decimal(value),),
        unit,
        per,
    )


@pytest.mark.parametrize(
    ("text", "language", "by"),
    [
        ("15 mg per kg a day", "en", "kilogram"),
        ("15 mg/kg/day", "en", "kilogram"),
        ("2 mg of iron for each kg of body weight", "en", "kilogram"),
        ("3 J/cm²", "en", "square_centimetre"),
        ("13 g/dL", "en", "decilitre"),
        ("3 kg a week", "en", ""),
        ("প্রতি কেজি ওজনে দিনে ১৫ মিগ্রা", "bn", "kilogram"),
        ("কেজিপ্রতি ১৫ মিগ্রা", "bn", "kilogram"),
        ("১৩ গ্রাম/ডেসিলিটার", "bn", "decilitre"),
        ("লিটারে ১১ মিলিমোল", "bn", "litre"),
        ("৫ মিলিতে ২৫০ মিগ্রা", "bn", ""),
    ],
)
def test_the_measure_is_read_that_an_amount_is_given_by(text, language, by):
    assert quantities(normalise(text), language)[-1].by == by


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Once it has healed, at once, one another", "en"),
        ("the first and the second time", "en"),
        ("see www.example.org/2017", "en"),
        ("এটি ভালো নয়", "bn"),
        ("একটি, একজন, একই, একটু, একসঙ্গে, একমাত্র, আটকে, বিশেষ, চারপাশে", "bn"),
        ("দুই হাত ট্রেতে রাখুন", "bn"),
        ("প্রথম সেশন", "bn"),
        ("নাইট্রোজেন দিন, হাত আটকে রাখুন, মিলিয়ে নিন", "bn"),
        ("হাজার হাজার মানুষ", "bn"),
        ("Take it for a day or so, no one minds", "en"),
        ("We are there 24/7", "en"),
        ("vitamin B12 and COVID-19", "en"),
    ],
)
def test_words_that_are_no_firm_number(text, language):
    assert [one.text for one in quantities(normalise(text), language) if not one.loose] == []


def test_half_an_hour_is_thirty_minutes():
    assert measure(Decimal("0.5"), "hour") == measure(Decimal(30), "minute")
    assert measure(Decimal(2), "week") == measure(Decimal(14), "day")
    assert measure(Decimal(1), "month") != measure(Decimal(4), "week")


# English, Bangla: the same amount in other words
SAME = [
    ("two thirds of patients", "তিন ভাগের দুই ভাগ রোগী"),
    ("9 out of 10", "দশজনে নয়জন"),
    ("one in a thousand", "হাজারে একজন"),
    ("three quarters", "৭৫ ভাগ"),
    ("7 or 8 out of 10", "১০ জনে ৭-৮ জন"),
    ("twice a day", "১২ ঘণ্টা পরপর"),
    ("every six hours", "দিনে চারবার"),
    ("once a fortnight", "দুই সপ্তাহে একবার"),
    ("twelve weeks", "তিন মাস"),
    ("38 °C", "১০০.৪ ডিগ্রি ফারেনহাইট"),
    ("8 in the evening", "রাত ৮টা"),
    ("5, 10 and 20 mg", "৫, ১০ ও ২০ মিলিগ্রাম"),
    ("after five days or ten", "পাঁচ দিন কিংবা দশ দিন পর"),
    ("a litre and a half", "দেড় লিটার"),
    ("half a day", "আধবেলা"),
]


@pytest.mark.parametrize(("english", "bangla"), SAME)
def test_the_same_amount_in_other_words(english, bangla):
    assert number_differences(english, normalise(bangla)) == ()


# English, Bangla, how sure it is
OTHER = [
    ("two weeks", "দুই মাস", BLOCKING),
    ("about a week", "মাসখানেক", BLOCKING),
    ("every day", "সপ্তাহে একবার", BLOCKING),
    ("after the second day", "বারোতম দিনের পর", BLOCKING),
    ("Use it twice.", "একবার লাগান।", BLOCKING),
    ("500 mg", "৫০০ গ্রাম", BLOCKING),
    ("call 01711-123456", "০১৭১১-১২৩৪৬৫ নম্বরে ফোন করুন", BLOCKING),
    ("8 am", "রাত ৮টা", BLOCKING),
    ("3 March", "১৩ মার্চ", BLOCKING),
    ("−5 °C", "৫ ডিগ্রি সেলসিয়াস", BLOCKING),
    ("9 out of 10 people", "৯ জনের মধ্যে ১০ জন", BLOCKING),
    ("in the first week", "প্রথম মাসে", BLOCKING),
    ("every day", "এক দিন পরপর", BLOCKING),
    ("one capsule every 8 hours", "৮ ঘণ্টা পরপর দুটো করে ক্যাপসুল", BLOCKING),
    ("one tablet morning and night", "সকালে একটা, রাতে একটা, মোট দুটো করে ট্যাবলেট", ASK),
    ("for some weeks", "কিছু সময়", ASK),
    ("The dose is halved.", "ডোজ দ্বিগুণ করা হয়।", BLOCKING),
    ("Two capfuls", "দুই বোতল", BLOCKING),
    ("before day 7", "৭ ঘণ্টা হওয়ার আগে", BLOCKING),
    ("anyone over 12", "১২ মাসের বেশি বয়সী যে কেউ", BLOCKING),
    ("children under two", "দুই মাসের কম বয়সী শিশু", BLOCKING),
    ("one year, and never longer than two", "এক বছর, কখনোই দুই মাসের বেশি নয়", BLOCKING),
    ("six weeks, or eight if it is thick", "ছয় সপ্তাহ, মোটা হলে আট মাস", BLOCKING),
    ("one year, then another medicine", "এক দিন, তারপর অন্য ওষুধ", BLOCKING),
    ("a new one after one week", "এক মাস পর নতুনটি", BLOCKING),
    ("daily in the first week, rarely in the second", "প্রথম সপ্তাহে রোজ, দ্বিতীয় মাসে কম", BLOCKING),
    ("in every session", "শুধু প্রথম সেশনে", BLOCKING),
    ("at the first session", "প্রতি সেশনে", BLOCKING),
    ("less than a second", "এক মিনিটেরও কম", BLOCKING),
    ("5 working days", "৫ দিন", ASK),
]


@pytest.mark.parametrize(("english", "bangla", "level"), OTHER)
def test_another_amount_is_found(english, bangla, level):
    found = number_differences(english, normalise(bangla))
    assert {one.level for one in found} == {level}


def test_a_difference_says_where_the_words_stand():
    english, bangla = "Wait for 20 minutes.", normalise("৩০ মিনিট বসুন।")
    (found,) = number_differences(english, bangla)
    assert english[found.english.start : found.english.end] == "20 minutes"
    assert bangla[found.bangla.start : found.bangla.end] == "৩০ মিনিট"


# English, Bangla of closed sets
@pytest.mark.parametrize(
    ("english", "bangla", "levels"),
    [
        ("On Friday morning", "শুক্রবার সকালে", []),
        ("In the evening", "রাতে", []),
        ("May cause pain", "ব্যথা হতে পারে", []),
        ("On Friday", "শনিবারে", [BLOCKING]),
        ("in the morning", "রাতে", [BLOCKING]),
        ("in May and June", "মে ও জুলাই মাসে", [BLOCKING]),
        ("On Friday", "যেকোনো দিন", [ASK]),
    ],
)
def test_weekdays_months_and_parts_of_the_day(english, bangla, levels):
    assert [level for *_, level in named_alone(english, normalise(bangla))] == levels


@pytest.mark.parametrize(
    ("english", "right", "wrong", "level"),
    [
        ("Sugar below 4 mmol/L.", "সুগার ৪ mmol/L-এর কম।", "সুগার ৪ mg/dL-এর কম।", BLOCKING),
        (
            "Sugar below 4 mmol/L.",
            "সুগার লিটারে ৪ মিলিমোলের কম।",
            "সুগার ৪ মিগ্রা/ডেসিলিটারের কম।",
            BLOCKING,
        ),
        ("A rise of 2 g/dL.", "ডেসিলিটারে ২ গ্রাম বাড়া।", "লিটারে ২ গ্রাম বাড়া।", BLOCKING),
        ("Take 5 mg.", "৫ mg খান।", "৫ ml খান।", BLOCKING),
        (
            "Take it one hour before food or two hours after.",
            "খাবারের এক ঘণ্টা আগে, নয়তো দুই ঘণ্টা পরে খান।",
            "খাবারের দুই ঘণ্টা আগে, নয়তো এক ঘণ্টা পরে খান।",
            ASK,
        ),
        (
            "Take it every 6 hours for 5 days.",
            "৫ দিন ৬ ঘণ্টা পরপর খান।",
            "৬ দিন ৫ ঘণ্টা পরপর খান।",
            BLOCKING,
        ),
    ],
)
def test_units_and_places_of_numbers(english, right, wrong, level):
    def levels(bangla: str) -> set[str]:
        return {one.level for one in number_differences(english, normalise(bangla))}

    assert levels(right) == set()
    assert level in levels(wrong)


@pytest.mark.parametrize(
    ("english", "bangla"),
    [
        ("Put your arms up.", "হাত দুটি উঁচু করুন।"),
        ("On a scale of 10 most people say 3 or 4.", "১০-এর মধ্যে বেশির ভাগ মানুষ ৩ বা ৪ বলেন।"),
        ("Each kilogram lost helps.", "প্রতি ১ কেজি ওজন কমলে উপকার হয়।"),
        ("Do it once more after 7 days.", "৭ দিন পর আরেকবার করুন।"),
        ("Take the next one at the usual time.", "পরেরটা রোজকার সময়েই খাবেন।"),
        ("Take it every 1 hour 30 minutes.", "১ ঘণ্টা ৩০ মিনিট পরপর নিন।"),
    ],
)
def test_what_is_no_other_number(english, bangla):
    assert list(number_differences(english, normalise(bangla))) == []
