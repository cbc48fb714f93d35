"""The numbers of a Bangla text."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from ...language.inflection import BANGLA_ENDING
from ...language.text import compile_pattern, normalise
from ..lexicon import numbers, spaced, table
from .quantity import (
    CLOCK,
    COUNT,
    MEASURED,
    NUMBER,
    PHONE,
    RANGE,
    SHARE,
    TIME,
    UNITS,
    Quantity,
    measure_of,
)
from .reader import Found, Reader, hour_of


def _words(text: str) -> frozenset[str]:
    return frozenset(spaced(text))


def _any(words: object) -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


_WORDS = numbers("word", "bn")
_POWERS = numbers("power", "bn")
_SHIFTS = numbers("shift", "bn")
_PARTS = numbers("part", "bn")
_ORDINALS = numbers("ordinal", "bn")
_LOOSE = numbers("loose", "bn")
_MONTHS_LONG = numbers("months", "bn")
_MONTHS_WORD = compile_pattern(rf"(?P<word>{_any(_MONTHS_LONG)}){BANGLA_ENDING}")
_UNIT = {word: unit for unit, words in UNITS.items() for word in words["bn"]}
_NINE, _SIX = normalise("নয়"), normalise("ছ")  # also "is not", and half of some words
_HUNDREDS = _words("শ শো শত")
_ANDS, _ANOTHER = _words("আর ও এবং"), (normalise("আরেক"), normalise("অন্য"))
_BOTH_WORD = compile_pattern(r"(?:দুই|দু)(?:টি|টো|টা|জন)(?:কে|তে|র|ের|য়)?[ইও]")  # দুটোতেই, দুজনেরও
# What counts a number in one word with it: দুজন, তিনবার, সাতদিন.
_GLUED = spaced("টি টা টো টে খানা খানি জন জনা বার গুণ বেলা দিন মাস বছর ভাগ ঘণ্টা মিনিট সপ্তাহ রাত")
_NUMBER_WORD = compile_pattern(
    rf"(?P<word>{_any(_WORDS)})(?P<hundred>শ|শো|শত)?(?P<power>হাজার|লাখ|কোটি)?"
    rf"(?:(?P<part>{_any(_PARTS)})|(?P<nth>তম)|(?P<glued>{_any(_GLUED)}))?(?P<ending>{BANGLA_ENDING})"
)
_HUNDRED_WORD = compile_pattern(
    rf"(?P<power>{_any(_POWERS)})(?P<glued>{_any(_GLUED)})?{BANGLA_ENDING}"
)
_ORDINAL_WORD = compile_pattern(rf"(?P<word>{_any(_ORDINALS)})(?:টি|টা|বার|দিন|জন)?{BANGLA_ENDING}")
# বিশেক, দুয়েক: about as many. সপ্তাহখানেক: about one.
_ABOUT_WORD = compile_pattern(
    rf"(?P<word>{_any(_WORDS)})(?:য়েক|েক)(?P<glued>{_any(_GLUED)})?{BANGLA_ENDING}"
)
_POWER_OR_SO = compile_pattern(rf"(?P<power>{_any(_POWERS)})খানেক{BANGLA_ENDING}")
_ONE_OR_SO = compile_pattern(rf"(?P<unit>.*)খানেক{BANGLA_ENDING}")
_UNIT_WORD = compile_pattern(rf"(?P<unit>{_any(_UNIT)})(?:জুড়ে|ভর|ব্যাপী)?{BANGLA_ENDING}")  # সপ্তাহজুড়ে
_FEW = _words("কয়েক কিছু অনেক বহু কতক গোটাকয়েক")
_FEW_WORD = compile_pattern(
    rf"(?:কয়েক|কিছু)(?P<unit>{_any(word for word, unit in _UNIT.items() if unit in TIME)}){BANGLA_ENDING}"
)
_EACH = normalise("প্রতি")
_EACH_WORD = compile_pattern(
    rf"(?P<each>প্রতি|ফি)(?P<unit>{_any(word for word, unit in _UNIT.items() if unit in TIME)}){BANGLA_ENDING}"
)
_THINGS = 3  # words for what is counted: নতুন রোগীর অপারেশনে
_REACH = 6  # words between an amount and what it is counted by
_BY = _any(word for word, unit in _UNIT.items() if measure_of(unit) in MEASURED)
_BY_EACH_WORD = compile_pattern(f"প্রতি(?P<after>{_BY}){BANGLA_ENDING}|(?P<before>{_BY})প্রতি")
_ADVERBS = {
    word: unit
    for unit, words in {
        "day": "রোজ রোজই রোজকার রোজের প্রত্যহ নিত্য নিত্যদিন দৈনিক দৈনন্দিন হররোজ দিনপ্রতি",
        "week": "সাপ্তাহিক সপ্তাহিক",
        "hour": "ঘণ্টাপ্রতি",
        "year": "বার্ষিক",
    }.items()
    for word in spaced(words)
}
_MONTH_WORD = compile_pattern(
    "(?:তারিখ|"
    + _any(
        word
        for what, _en, _also, bangla, *_ in table("calendar")
        if what == "month"
        for word in spaced(bangla)
    )
    + f"){BANGLA_ENDING}"
)
_PIECE = compile_pattern(f"(?:টি|টা|টো|টে|খানা|খানি|টুকু){BANGLA_ENDING}")
_ENDING = compile_pattern("ই|ও|এর|ের|র|এ|তে|কে|য়|য়ের")
_ORDINAL_SIGN = compile_pattern("(?:ম|য়|র্থ|ষ্ঠ|তম|লা|রা|ঠা|শে)(?:টি|টা)?(?:ে|ের|র)?")
_O_CLOCK = compile_pattern("টা(?:য়|র|তে|ই|ও)?(?:ই|ও)?")
_PART_OF_DAY = {
    word: part
    for part, words in {
        "morning": "সকাল সকালে ভোর ভোরে ভোররাত ভোররাতে সকালবেলা",
        "noon": "দুপুর দুপুরে দুপুরবেলা",
        "afternoon": "বিকাল বিকেল বিকালে বিকেলে বিকেলবেলা",
        "evening": "সন্ধ্যা সন্ধ্যায় সন্ধ্যাবেলা",
        "night": "রাত রাতে মাঝরাত মধ্যরাত",
    }.items()
    for word in spaced(words)
}
_EACH_NIGHT = compile_pattern(f"প্রতি(?:{_any(_PART_OF_DAY)}){BANGLA_ENDING}")
_PLAIN_PARTS = _words("সকাল ভোর দুপুর বিকাল বিকেল সন্ধ্যা রাত বেলা মাঝরাত মধ্যরাত")
_BODY = compile_pattern(
    f"(?:হাত|পা|চোখ|বগল|কান|পাশ|দিক|তালু|হাঁটু|কাঁধ|গাল|ভুরু|ভ্রু|কনুই|বাহু|আঙুল|ঠোঁট|ধার|প্রান্ত|কিনার|কিনারা|মাথা){BANGLA_ENDING}|পায়ের|পায়ে|মাঝ.*"
)
_TOGETHER = _words("মিলে মিলিয়ে একসঙ্গে একত্রে")  # দুটো মিলে
_LOCATIVE = compile_pattern(".*(?:ে|য়|তে)(?:ই|ও)?")
_GENITIVE = compile_pattern("(?!বার$).*(?:ের|এর|র|ে|ায়)")
_ABOUT = _words(
    "প্রায় মাত্র অন্তত কমপক্ষে ন্যূনতম গড়ে আনুমানিক মোটামুটি কমবেশি কম-বেশি সর্বোচ্চ বড়জোর সর্বাধিক শুধু কেবল হয়তো "
    "সাধারণত"
)
_SAYING = normalise("বল")
_AMONG = _words("মধ্যে মাঝে ভেতর ভেতরে ভিতর ভিতরে")
_APART = _words("পরপর অন্তর অন্তরঅন্তর পরপরই ব্যবধানে বিরতিতে পরপরেই ছাড়া-ছাড়া")
_AFTER = normalise("পর")
_ONCE = _words("একবার একটি একটা একবারই একটাই একদিন একবেলা একজন")
_SAME = normalise("একই")
_USUAL = normalise("রোজকার")  # daily, but রোজকার মতো is “as usual”
_AS_EVERY_DAY = _words("রোজকার দৈনন্দিন নিত্যদিন নিত্য")  # everyday, and not every day
_AS_USUAL = tuple(spaced("মতো সময় মাপ নিয়ম"))
_GIVE = normalise("দিন")  # also "please give"
_DAYS = _words(
    "সারা পরের আগের একই সেই ওই ঐ এই যে প্রথম দ্বিতীয় তৃতীয় শেষ কাজের ছুটির প্রতি প্রত্যেক কয়েক কিছু অনেক বহু "
    "সেশনের চিকিৎসার পরীক্ষার অপারেশনের ইনজেকশনের আরেক আরো আরও দিনের পর নির্দিষ্ট কোনো একটানা টানা পুরো"
)
_SPAN = compile_pattern(rf"(?:যত|তত|এত|কত|কয়|ক|বহু|অনেক|দীর্ঘ|কয়টা)(?:দিন|কাল|ক্ষণ){BANGLA_ENDING}")
_LONG = _words("অনেক দীর্ঘ বহু কত যত তত এত")  # অনেক দিন is a long time
_PEOPLE = frozenset(UNITS["person"]["bn"]) - _words("জন জনা")
_CLOSED = _words(  # words that end the search for the thing counted
    "পর পরে পরপর আগে আগের পরের মধ্যে ধরে করে জন্য পর্যন্ত মতো কম কমে বেশি নিচে উপরে ওপরে অন্তর মিলিয়ে মিলে দিয়ে নিয়ে হলে হয় "
    "না ও আর এবং তবে কিন্তু সঙ্গে সাথে ভাগে বিনা"
)
_BELOW_ZERO, _DEGREES = normalise("শূন্যের"), frozenset(["degree", "celsius", "fahrenheit"])
_MORE = _words("বেশি কম")
_SPF = _words("এসপিএফ spf")
_TITLES = {**dict.fromkeys(_SPF, "spf"), "৳": "taka"}
_PER_HUNDRED = normalise("শতকরা")
_POINT = normalise("দশমিক")
_MINUS = normalise("মাইনাস")
_SIGNLESS = _words("নম্বর নং সংখ্যক")
_MEAL, _IN_DAYTIME = normalise("বেলা"), normalise("বেলায়")
_HALF, _HUNDRED = normalise("অর্ধেক"), normalise("শত")
_EVERY, _AT_A_TIME, _AT = normalise("প্রত্যেক"), normalise("করে"), normalise("টায়")
_COMPANY = tuple(spaced("সঙ্গে সাথে সামনে মতো মত"))
_CALLING = tuple(spaced("নম্বর ফোন কল"))
_ENDS_O_CLOCK = compile_pattern("টা(?:য়|র)?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a number in it."""

    value: Decimal
    counted: str = ""  # the classifier or unit in one word with it
    part: str = ""
    about: bool = False
    scale: Decimal = Decimal(1)  # 100 of দুইশ
    nth: bool = False


@lru_cache(maxsize=8192)
def _number_word(word: str) -> Word | None:
    match = _NUMBER_WORD.fullmatch(word)
    if match and not (match["word"] == _SIX and word == _SIX) and not _is_no_number(match):
        scale = Decimal(100 if match["hundred"] else 1) * _POWERS.get(match["power"] or "", 1)
        return Word(
            _WORDS[match["word"]] * scale,
            match["glued"] or "",
            match["part"] or "",
            False,
            scale,
            bool(match["nth"]),
        )
    match = _ABOUT_WORD.fullmatch(word)
    if match and _WORDS[match["word"]] != 1:  # একেক: each
        return Word(_WORDS[match["word"]], match["glued"] or "", "", True)
    return None


def _is_no_number(match: regex.Match) -> bool:
    """Whether the word only looks like one: আটকে, held; একই, the same."""
    return (match["ending"] == "কে" and not match["glued"]) or match[0] == _SAME


@lru_cache(maxsize=8192)
def unit_of(word: str) -> str:
    """The unit that a word with its endings names, or ""."""
    if word in _UNIT:
        return _UNIT[word]
    match = _UNIT_WORD.fullmatch(word)
    return _UNIT[match["unit"]] if match else ""


@lru_cache(maxsize=8192)
def _says_something(word: str) -> bool:
    """Whether a quantity may begin with a word."""
    patterns = (
        _BOTH_WORD,
        _MONTHS_WORD,
        _HUNDRED_WORD,
        _ORDINAL_WORD,
        _EACH_WORD,
        _EACH_NIGHT,
        _FEW_WORD,
        _SPAN,
        _ONE_OR_SO,
    )
    return (
        word in _SHIFTS.keys() | _LOOSE.keys() | _ADVERBS.keys() | _POWERS.keys()
        or word in {_MINUS, _EACH, _EVERY}
        or unit_of(word) in TIME
        or _number_word(word) is not None
        or any(pattern.fullmatch(word) for pattern in patterns)
    )


@lru_cache(maxsize=8192)
def _glued_unit(counted: str) -> str:
    return "time" if counted == _MEAL else unit_of(counted)


class Bangla(Reader):
    LANGUAGE = "bn"
    LINKS = compile_pattern(r"\s*(?:,|,?\s*ও|,?\s*এবং|,?\s*আর|বা|থেকে|বনাম)\s*")
    ADDS = compile_pattern(r"\s*(?:ও|এবং|আর)?\s*")
    JOINS = _words("থেকে হতে বা কিংবা অথবা")

    # --- Numbers ---

    def number(self, index: int) -> Found | None:
        if self.at(index) == _MINUS:
            found = self.number(index + 1)
            return replace(found, value=-found.value, begin=index) if found else None
        shift = _SHIFTS.get(self.at(index))
        if shift is not None:
            return self.shifted(index, shift)
        if several := self.several_powers(index):
            return several
        found = self.digits(index) or self.loose(index) or self.worded(index)
        if found is None or found.whole or found.ordinal or found.power:
            return found
        return self.powers(self.pointed(found))

    def shifted(self, index: int, shift: Decimal) -> Found | None:
        """সাড়ে তিন হাজার, পৌনে দুইশ; সোয়া ঘণ্টা."""
        found = self.digits(index + 1) or self.worded(index + 1)
        if found is None or found.whole:
            if unit_of(self.at(index + 1)) and shift != Decimal("0.5"):
                return Found(1 + shift, index, index + 1, worded=True)
            if self.at(index + 1) in _HUNDREDS:
                return Found((1 + shift) * 100, index, index + 2, worded=True)
            return None
        word = _number_word(self.at(index + 1)) if found.worded else None
        scale = word.scale if word else Decimal(1)
        value = found.value + shift * scale
        found = replace(found, value=value, begin=index, loose=False, scale=scale)
        return self.powers(found)

    def pointed(self, found: Found) -> Found:
        """৯২ দশমিক ৯, নয় দশমিক পাঁচ."""
        if self.at(found.end) != _POINT or found.value % 1:
            return found
        after, end, digits = found.end + 1, found.end + 1, ""
        while word := _number_word(self.at(end)):
            if word.value >= 10 or word.value % 1:
                break
            digits, end = f"{digits}{word.value}", end + 1
            if word.counted:
                break
        if self.is_number(after) and self.at(after).isdecimal():
            digits, end = self.at(after), after + 1
        if not digits:
            return found
        return replace(found, value=Decimal(f"{found.value:f}.{digits}"), end=end, loose=False)

    def powers(self, found: Found) -> Found:
        """১ লাখ ২০ হাজার, তিন হাজার দুইশ পঞ্চাশ: each power less than the one before."""
        total, group, end, least = Decimal(0), found.value, found.end, Decimal(10**12)
        unit, unit_end, loose = found.unit, found.unit_end, found.loose
        if found.worded and group >= 100 and group % 1 == 0 and group % 100 == 0:  # একশ পঁচিশ
            total, group = group, None
            least = Decimal(next(power for power in (10**7, 10**5, 1000, 100) if total >= power))
        while not unit:
            match = _HUNDRED_WORD.fullmatch(self.at(end))
            if match and group is not None and _POWERS[match["power"]] < least:
                least = _POWERS[match["power"]]
                total, group, end, loose = total + group * least, None, end + 1, False
                unit = self.counted_with(match["glued"])
                unit_end = end
                if self.at(end - 1).endswith("ে"):  # ১ হাজারে একটি
                    break
                continue
            if group is not None:
                break
            more = self.digits(end) or self.worded(end)
            if (
                more is None
                or more.whole
                or more.power
                or not 0 < more.value < least
                or self.at(end) == "-"
            ):
                break
            if more.value % 1 or self.is_next(more, least):
                break
            group, end, unit, unit_end = more.value, more.end, more.unit, more.unit_end
            if more.worded and group >= 100 and group % 100 == 0:  # হাজার দুইশ পঞ্চাশ
                total, group, least = total + group, None, Decimal(100)
        value = total + (group or 0)
        scale = max(found.scale, least if least < 10**12 else Decimal(1))
        return replace(
            found,
            value=value,
            end=end,
            unit=unit,
            unit_end=unit_end,
            loose=loose and value < 3,
            scale=scale,
        )

    def several_powers(self, index: int) -> Found | None:
        """হাজার দুয়েক, শ-ছয়েক: about two thousand, about six hundred; শখানেক: about a hundred."""
        if match := _POWER_OR_SO.fullmatch(self.at(index)):
            return Found(_POWERS[match["power"]], index, index + 1, True, vague=True)
        power = _POWERS.get(self.at(index))
        end = index + 1 + (self.at(index + 1) == "-")
        word = _number_word(self.at(end)) if power else None
        if power is None or word is None or not word.about:
            return None
        unit = self.counted_with(word.counted)
        end += 1
        return Found(word.value * power, index, end, True, vague=True, unit=unit, unit_end=end)

    def is_next(self, more: Found, least: Decimal) -> bool:
        """Whether a number behind a power is another one: ৫ হাজার ২ বার."""
        match = _HUNDRED_WORD.fullmatch(self.at(more.end))
        if match:
            return _POWERS[match["power"]] >= least
        return least >= 1000 and more.value < 100 and not more.worded

    def counted_with(self, glued: str | None) -> str:
        return _glued_unit(glued) if glued else ""

    def loose(self, index: int) -> Found | None:
        word = self.at(index)
        if word in _LOOSE:
            unit = "fold" if word.endswith("গুণ") else ""
            return Found(_LOOSE[word], index, index + 1, True, True, unit=unit, unit_end=index + 1)
        if match := _BOTH_WORD.fullmatch(word):
            return Found(Decimal(2), index, index + 1, True, True)
        if match := _MONTHS_WORD.fullmatch(word):
            value, end = _MONTHS_LONG[match["word"]], index + 1
            return Found(value, index, end, True, True, unit="month", unit_end=end)
        match = _ORDINAL_WORD.fullmatch(word)
        if match:
            value = _ORDINALS[match["word"]]
            return Found(value, index, index + 1, True, value < 3, ordinal=True)
        return None

    def worded(self, index: int) -> Found | None:
        word = _number_word(self.at(index))
        if word is None:
            return self.power_alone(index)
        end, value = index + 1, word.value
        unit = self.counted_with(word.counted)
        if self.at(index) == _NINE and not self.is_nine(index):
            return None
        if value == 0 and self.at(index) != "শূন্য" and self.is_number(end):  # শূন্যের ৫ ডিগ্রি নিচে
            return None
        if word.nth:
            return Found(value, index, end, True, value < 3, ordinal=True)
        if word.part:
            return Found(value, index, end, True, whole=_PARTS[word.part])
        dash = self.at(end) == "-"
        for part, whole in _PARTS.items():
            if value < 10 and value % 1 == 0 and self.at(end + dash).startswith(part):
                return Found(value, index, end + dash + 1, worded=True, whole=whole)
        if value == 1 and self.two_in_turn(index):
            return Found(Decimal(2), index, end, True, True)
        loose = value == 1 or (value == 2 and unit in {"", "time"} and self.is_pair(index, end))
        if word.about:
            return Found(value, index, end, True, False, True, unit, end if unit else 0)
        per = "day" if word.counted == _MEAL else ""
        if value == Decimal("0.5") and _MEAL in {word.counted, self.at(end)}:  # আধবেলা
            end += word.counted != _MEAL
            return Found(value, index, end, True, False, False, "day", end)
        if value == Decimal("0.5") and not unit and not unit_of(self.at(end)):
            loose = self.at(index) != _HALF
        return Found(value, index, end, True, loose, False, unit, end if unit else 0, per=per)

    def power_alone(self, index: int) -> Found | None:
        """হাজারে একজন, হাজার টাকা; no হাজার হাজার."""
        match = _HUNDRED_WORD.fullmatch(self.at(index))
        if match is None or match["power"] in _HUNDREDS - {_HUNDRED}:
            return None
        is_each = self.at(index - 1) == _EACH or bool(match["glued"])
        if is_each and self.begins_share(self.after_things(index + 1)):
            unit = self.counted_with(match["glued"])
            return Found(_POWERS[match["power"]], index, index + 1, True, power=True, unit=unit)
        per = self.at(index) != match["power"] and self.begins_share(index + 1)
        if match["glued"] or not (per or unit_of(self.at(index + 1))):
            return None
        if self.at(index - 1) == self.at(index):
            return None
        return Found(_POWERS[match["power"]], index, index + 1, worded=True, power=True)

    def continues(self, one: Quantity, after: Quantity) -> bool:
        """দুই ঘণ্টায় দশ মিনিট is no time of two hours and ten minutes."""
        return not _LOCATIVE.fullmatch(one.text.split()[-1]) and super().continues(one, after)

    def is_nine(self, index: int) -> bool:
        after = self.at(index + 1)
        return (
            bool(unit_of(after))
            or after in _POWERS
            or after == _POINT
            or (self.at(index - 1) == "-" and self.glued(index))
            or (after == "-" and self.glued(index + 1))
        )

    def two_in_turn(self, index: int) -> bool:
        """Whether "one" begins one and another: এক সেশন থেকে আরেক সেশনের মাঝে, between two sessions."""
        joined = self.at(index + 2) in {*self.JOINS, *_ANDS}
        return joined and self.at(index + 3).startswith(_ANOTHER)

    def is_pair(self, index: int, end: int) -> bool:
        """Whether "two" only says that there are two of them: দুই হাত, হাত দুটি, দুই সেশনের মাঝে."""
        before = self.at(index - 1)
        if (
            self.at(end) in _TOGETHER
            or _BODY.fullmatch(self.at(end))
            or (_BODY.fullmatch(before) and before[:3] != "মাঝ")
        ):
            return True
        return any(self.at(end + step).startswith("মাঝ") for step in (1, 2))

    # --- Phrases ---

    def phrase(self, index: int) -> tuple[Quantity, int] | None:
        if self.kind_at(index) == "word" and not _says_something(self.at(index)):
            return None
        if self.is_name(index):
            return self.named(index)
        first = self.number(index)
        if first is None:
            return self.time(index)
        if first.whole is not None:
            return self.fraction(first)
        clock = self.clock(first)
        if clock:
            return clock
        unit, end = self.unit(first)
        if self.is_company(first, end):
            first = replace(first, loose=True)
        if self.unit_before(first)[0] in {"spf", "taka"} and self.at(first.begin - 1) in _TITLES:
            unit, end = _TITLES[self.at(first.begin - 1)], first.end
        if first.vague and not first.unit and self.unit_before(first)[0]:
            unit, end = "", first.end
        second = self.range_end(first, unit, end)
        if second:
            return self.range(first, second, unit)
        if not unit:
            unit, first = self.unit_before(first)
        if self.is_date(first, end):
            return self.quantity(NUMBER, [replace(first, ordinal=False, loose=False)], "date"), end
        part = self.part(first, unit, end)
        if part:
            return part
        if self.is_per_hundred(first.begin):
            unit = "percent"
        if self.at(first.begin - 1) == _BELOW_ZERO and unit in _DEGREES:
            first = replace(first, value=-first.value)
        if self.is_called(first, end):
            unit = PHONE
        return self.with_rate(NUMBER, [first], unit, end)

    def is_company(self, first: Found, end: int) -> bool:
        """Whether it says anybody: দশজনের সঙ্গে, আর পাঁচজনের মতো."""
        word = _number_word(self.at(first.begin))
        is_anybody = bool(word) and word.counted == "জন" and word.value in {5, 10}
        return is_anybody and self.at(end).startswith(_COMPANY)

    def is_called(self, first: Found, end: int) -> bool:
        """Whether a number is a short telephone number: ১৬২৬৩ নম্বরে, ৯৯৯-এ ফোন."""
        number = self.at(first.begin)
        after = {self.at(end), self.at(end - 1), self.at(end + 1)}
        calls = any(word.startswith(_CALLING) for word in after)
        return number.isdecimal() and 3 <= len(number) <= 6 and calls

    def is_date(self, first: Found, end: int) -> bool:
        """Whether a number is the day of a month: ৩ মার্চ, ৩রা মার্চ, ৩ তারিখ."""
        if not 0 < first.value < 32 or (first.worded and not first.ordinal):
            return False
        return bool(_MONTH_WORD.fullmatch(self.at(end)))

    def time(self, index: int) -> tuple[Quantity, int] | None:
        """A unit of time without a number: রোজ, কয়েক সপ্তাহ, প্রতি মাসে."""
        word = self.at(index)
        if word in _ADVERBS and not (word == _USUAL and self.at(index + 1).startswith(_AS_USUAL)):
            every = word not in _AS_EVERY_DAY
            return self.mention(index, index + 1, _ADVERBS[word], every=every), index + 1
        match = _EACH_WORD.fullmatch(word)
        if match:
            found = self.mention(index, index + 1, _UNIT[match["unit"]], every=True)
            return found, index + 1
        match = _FEW_WORD.fullmatch(word)
        if match:
            found = self.mention(index, index + 1, _UNIT[match["unit"]], vague=True)
            return found, index + 1
        if _EACH_NIGHT.fullmatch(word) or (word == _EACH and self.at(index + 1) in _PART_OF_DAY):
            return self.mention(index, index + 1, "day"), index + 1
        if word in {_EACH, _EVERY} and unit_of(self.at(index + 1)) in (*TIME, "session", "dose"):
            return self.mention(
                index, index + 2, unit_of(self.at(index + 1)), every=True
            ), index + 2
        one_or_so = _ONE_OR_SO.fullmatch(word) or _ONE_OR_SO.fullmatch(self.at(index + 1))
        if one_or_so:
            unit = unit_of(one_or_so["unit"] or word)
            if unit in TIME:
                end = index + 1 + (not one_or_so["unit"])
                found = Found(Decimal(1), index, end, True, True, True, unit, end)
                return self.quantity(NUMBER, [found], unit), end
        if _SPAN.fullmatch(word):
            return self.mention(index, index + 1, "span", vague=True), index + 1
        unit = unit_of(word)
        if unit not in TIME or not self.is_time(index) or self.is_before_number(index):
            return None
        return self.mention(index, index + 1, unit, vague=self.at(index - 1) in _FEW), index + 1

    def is_before_number(self, index: int) -> bool:
        """Whether the number follows: মিনিট বিশেক."""
        after = _number_word(self.at(index + 1))
        return after is not None and (after.about or self.at(index) in _UNIT) and not after.counted

    def is_time(self, index: int) -> bool:
        word, before = self.at(index), self.at(index - 1)
        if unit_of(word) == "day":
            if before in _LONG or self.at(index + 1) in {_MEAL, _IN_DAYTIME}:
                return False
            return word != _GIVE or before in _DAYS
        return True

    def clock(self, first: Found) -> tuple[Quantity, int] | None:
        """সকাল ৮টা, সাড়ে ৯টায়, রাত ১২টা; ৮টা ৩০ মিনিট."""
        if self.kind_at(first.begin) == "clock" or first.ordinal or not 0 < first.value <= 24:
            return None
        worded = _number_word(self.at(first.end - 1)) if first.worded else None
        if worded and worded.counted:
            rest = self.at(first.end - 1)
            sign = rest[rest.rfind("টা") :] if worded.counted == "টা" else ""
            end = first.end
        else:
            sign, end = (self.at(first.end) if self.glued(first.end) else ""), first.end + 1
        part = self.part_of_day(first.begin)
        if not _O_CLOCK.fullmatch(sign):
            return self.early_clock(first, part)
        plain = self.at(first.begin - 1) in _PLAIN_PARTS and not self.number(first.begin - 2)
        joined = self.at(first.begin - 1) in {"-", *self.JOINS}
        at = sign.startswith((_AT, "টার"))
        if not ((part and (plain or joined or at)) or sign.startswith(_AT)):
            return None
        return self.at_clock(first, part, end)

    def early_clock(self, first: Found, part: str) -> tuple[Quantity, int] | None:
        """The 8 of সকাল ৮–১০টা, and of সকাল ৮:৩০."""
        if not part or self.at(first.end) not in {"-", *self.JOINS}:
            return None
        second = self.number(first.end + 1)
        if second is None or second.value <= first.value:
            return None
        glued = self.at(second.end) if self.glued(second.end) else self.at(second.end - 1)
        if not _ENDS_O_CLOCK.search(glued):
            return None
        return self.at_clock(first, part, first.end)

    def at_clock(self, first: Found, part: str, end: int) -> tuple[Quantity, int]:
        found = replace(first, loose=False)
        if self.is_number(end) and unit_of(self.at(end + 1)) == "minute":
            found.value, end = found.value + Decimal(self.at(end)) / 60, end + 2
        if part:
            found.value = hour_of(found.value, part)
        begin = found.begin - (self.at(found.begin - 1) in _PART_OF_DAY)
        found = replace(found, begin=begin)
        return self.quantity(NUMBER, [found], CLOCK, "", end, half_day=bool(part)), end

    def part_of_day(self, begin: int) -> str:
        part = _PART_OF_DAY.get(self.at(begin - 1), "")
        if part or self.at(begin - 1) not in {"-", *self.JOINS}:
            return part
        for index in range(begin - 2, max(begin - 6, -1), -1):  # সকাল ৮টা থেকে ১০টা
            if self.at(index) in _PART_OF_DAY:
                return _PART_OF_DAY[self.at(index)]
        return ""

    def fixed(self, index: int) -> tuple[Quantity, int] | None:
        found = super().fixed(index)
        if found or self.kind_at(index) != "clock":
            return found
        hours, minutes = self.at(index).replace("：", ":").split(":")
        part = self.part_of_day(index)
        value = Decimal(hours) + Decimal(minutes) / 60
        clock = Found(hour_of(value, part) if part else value, index, index + 1)
        end = index + 1 + bool(self.glued(index + 1) and _O_CLOCK.fullmatch(self.at(index + 1)))
        return self.quantity(NUMBER, [clock], CLOCK, "", end, half_day=bool(part)), end

    def fraction(self, first: Found) -> tuple[Quantity, int]:
        whole = replace(first, value=first.whole)
        return self.quantity(SHARE, [first, whole], ""), first.end

    def unit(self, found: Found) -> tuple[str, int]:
        """The thing counted after a number, and the token after it."""
        if found.unit:
            return found.unit, found.unit_end
        # প্রথমটার এক ঘণ্টা পর is an hour after the first.
        if self.at(found.begin) in _ORDINALS and (one := self.first_one(found)):
            found = one
        index = found.end
        if self.at(index) == "-" and not self.number(index + 1):
            index += 1
        word = _number_word(self.at(found.end - 1)) if found.worded else None
        pieces = bool(word and word.counted)
        if not pieces and self.glued(index) and _PIECE.fullmatch(self.at(index)):
            pieces, index = True, index + 1
        if pieces and self.at(index - 1).endswith("র"):  # দশটির টাকা
            return "", index
        bare = 0
        if self.at(index) in self.JOINS and self.at(index + 2) in _MORE:  # দুই বা তার বেশি দিন
            index, bare = index + 3, index
        if not found.worded and self.glued(index) and _ORDINAL_SIGN.fullmatch(self.at(index)):
            found.ordinal, index = True, index + 1
        elif self.glued(index) and _ENDING.fullmatch(self.at(index)):
            index += 1
        index += self.at(index) in _SIGNLESS
        for step in range(2 + pieces):
            word, place = self.at(index + step), index + step
            unit = unit_of(word)
            if unit and not (
                word == _GIVE and (step or pieces) and self.kind_at(place + 1) != "word"
            ):
                if unit == "part" and self.is_per_hundred(found.begin):
                    unit = "percent"
                return unit, place + 1
            named = word in self.JOINS or word in _CLOSED or self.number(place) is not None
            if self.kind_at(place) != "word" or named or (_GENITIVE.fullmatch(word) and step):
                break
        return "", bare or index

    def counts_time(self, index: int) -> bool:
        return unit_of(self.at(index)) in TIME

    def unit_before(self, first: Found) -> tuple[str, Found]:
        """মিনিট বিশেক, এসপিএফ ৩০, ৳৫০০, মাস ছয়েক."""
        before = self.at(first.begin - 1)
        if before == "-" and self.at(first.begin - 2) in _SPF:
            before = self.at(first.begin - 2)
        if before in _TITLES:
            return _TITLES[before], first
        unit = _UNIT.get(before, "") if before not in _PEOPLE and first.value > 1 else ""
        word = _number_word(self.at(first.end - 1)) if first.worded else None
        bare = word and not word.counted and unit and (before != _GIVE or first.value >= 5)
        if (
            (bare or (unit and first.vague))
            and not first.ordinal
            and not self.is_joined(first.begin - 2)
        ):
            return unit, replace(first, begin=first.begin - 1, vague=True, loose=False)
        return "", first

    def is_joined(self, index: int) -> bool:
        """Whether a number stands before হতে: in শক্ত হতে it is a verb."""
        return self.at(index) in self.JOINS and self.number(index - 1) is not None

    def range_end(self, first: Found, unit: str, end: int) -> Found | None:
        join = self.at(end)
        if first.ordinal or (join != "-" and join not in self.JOINS):
            return None
        if first.loose and first.value != 1 and join != "-":
            return None
        second = self.number(end + 1)
        if second is None or second.whole is not None or second.ordinal:
            return None
        if first.value == second.value == 1:  # এক-একবার: each time
            return None
        if second.loose and second.value == 1 and join != "-":
            return None
        after = self.unit(second)[0]
        return second if not unit or not after or after == unit else None

    def range(self, first: Found, second: Found, unit: str) -> tuple[Quantity, int]:
        after, end = self.unit(second)
        unit = after or unit
        if not unit:
            unit, first = self.unit_before(first)
        if self.is_per_hundred(first.begin):
            unit = "percent"
        # দু-এক is "a few", its ends the wrong way round.
        few = second.worded and second.value < first.value and second.value == 1
        vague = first.worded and second.worded
        first = self.scaled(first, second)
        parts = [replace(first, loose=False, vague=vague), replace(second, loose=False)]
        quantity, end = self.with_rate(RANGE, parts, unit, end)
        if few:
            quantity = replace(quantity, values=quantity.values[::-1], starts=quantity.starts[::-1])
        return quantity, end

    def is_per_hundred(self, index: int) -> bool:
        return _PER_HUNDRED in {self.at(index - 1), self.at(index - 2)}

    def part(self, first: Found, unit: str, end: int) -> tuple[Quantity, int] | None:
        """The ১৩ of "১৪ জনের মধ্যে ১৩ জন", "৩ ভাগের ১ ভাগ", "১০০ জনে ৫ জন"."""
        if first.loose or first.vague or first.ordinal or unit not in {*COUNT, "percent"}:
            return None
        written = self.at(end - 1)
        among = next((i for i in range(end, end + 3) if self.at(i) in _AMONG), None)
        begin = end if among is None else among + 1
        if among is None and not (unit and _GENITIVE.fullmatch(written)):
            begin = self.after_things(end)
            if begin == end or not (first.value >= 10 or self.at(first.begin - 1) == _EACH):
                return None
        begin = begin if among else self.after_about(begin)
        reach = 1 if among is None else 8
        begin += among is None and unit_of(self.at(begin)) == "person"  # জনা দুয়েক
        for index in range(begin, min(begin + reach, len(self.tokens))):
            if self.at(index) in self.STOP:
                return None
            found = self.number(index)
            if found is None or found.whole is not None:
                continue
            counted, stop = ("", found.end) if found.vague else self.unit(found)
            if not counted and found.loose and not self.range_end(found, counted, stop):
                if among is None and (self.at(first.begin - 1) != _EACH or first.value < 10):
                    return None
                if among is not None:
                    continue
            return self.share(first, found, unit, counted, stop)
        return None

    def after_about(self, index: int) -> int:
        while self.at(index) in _ABOUT:
            index += 1
        return index

    def begins_share(self, index: int) -> bool:
        """Whether a number follows, as of হাজারে প্রায় একজন."""
        index = self.after_about(index)
        return self.is_number(index) or _number_word(self.at(index)) is not None

    def after_things(self, index: int) -> int:
        """The token after the things of which there are so many, where they are the whole of a
        share: ১০০টি অপারেশনে, হাজার চিকিৎসার; else the same token."""
        for end in range(index, index + _THINGS):
            word = self.at(end)
            if self.kind_at(end) != "word" or word in _CLOSED or unit_of(word) in TIME:
                break
            if _GENITIVE.fullmatch(word) and self.begins_share(end + 1):
                return end + 1
        return index

    def share(
        self, whole: Found, found: Found, unit: str, counted: str, end: int
    ) -> tuple[Quantity, int] | None:
        second = self.range_end(found, counted, end)
        if counted not in {*COUNT, unit} or found.ordinal:
            return None
        if found.value >= whole.value and {counted, unit} != {"person"}:
            return None
        if counted == "time" and unit not in {"time", ""}:
            return None
        if not counted and self.at(end) == _AT_A_TIME:
            return None  # ১০টি জায়গায় ২টি করে: in each of them
        if self.at((second or found).end).startswith(_SAYING):
            return None  # ১০-এর মধ্যে ৩ বা ৪ বলেন: on a scale of 10
        end = max(end, found.end)
        found = replace(found, loose=False)
        if second:
            return self.percentage(found, second, whole, max(self.unit(second)[1], second.end))
        if whole.value == 100:
            return self.quantity(NUMBER, [found], "percent", "", end), end
        return self.quantity(SHARE, [found, whole], counted or unit, "", end), end

    # --- Rates ---

    def with_rate(self, form: str, parts: list[Found], unit: str, end: int) -> tuple[Quantity, int]:
        if unit in TIME and self.is_interval(parts, end):
            value = parts[0].value
            if unit == "day" and value == 1 and len(parts) == 1:
                parts = [replace(parts[0], value=Decimal(2))]  # এক দিন পরপর: every other day
            parts = [replace(part, every=True, loose=False) for part in parts]
            return self.quantity(form, parts, unit, "", end), end
        if form == NUMBER and parts[0].value == 1 and self.at(parts[0].begin - 1) == _EACH:
            parts = [replace(parts[0], loose=True)]  # প্রতি ১ কেজি: each kilogram
        if unit == "spf":
            return self.quantity(form, parts, unit, "", end), end  # রোজ এসপিএফ ৫০
        by, stop = self.measure_after(end)
        per, unit = self.rate(parts[0].begin, stop, unit)
        by = by or self.measure_before(parts[0].begin)
        return self.quantity(form, parts, unit, per or parts[0].per, end, by=by), end

    def is_interval(self, parts: list[Found], end: int) -> bool:
        """২ দিন পরপর, ৬ ঘণ্টা অন্তর, প্রতি দুই সপ্তাহে, দুই সপ্তাহে একবার."""
        after = self.at(end)
        if after in _APART or (after == self.at(end + 1) == _AFTER):
            return True
        if after == "-" and self.at(end - 1) != after and self.at(end - 1) == _AFTER:
            return True
        if self.at(parts[0].begin - 1) == _EACH:
            return True
        locative = _LOCATIVE.fullmatch(self.at(end - 1))
        once = after in _ONCE or (after == "১" and unit_of(self.at(end + 1)) in {"time", ""})
        return bool(locative and once and parts[-1].value > 1)

    def rate(self, begin: int, end: int, unit: str) -> tuple[str, str]:
        """The unit of time in সপ্তাহে ৩ বার, and the unit: সপ্তাহে ৩ দিন means 3 times a week."""
        per = self.rate_before(begin, unit) or self.rate_after(end)
        if unit == "day" and per in {"week", "month"}:
            return per, "time"
        return ("" if per == unit else per), unit

    def rate_before(self, begin: int, unit: str) -> str:
        reach = _REACH if unit in {*COUNT, "day", "minute", "hour"} else 2
        for index in range(begin - 1, max(begin - 1 - reach, -1), -1):
            word = self.at(index)
            per = self.each(index)
            if per:
                return "" if self.is_counted(index) or self.at(index - 2) == "-" else per
            if word in self.STOP or word == "," or self.number(index):
                return ""
        return ""

    def each(self, index: int) -> str:
        """The unit of a word that says how often: দিনে, প্রতি কেজিতে, রোজ."""
        word = self.at(index)
        if word in _ADVERBS:
            return _ADVERBS[word]
        if match := _EACH_WORD.fullmatch(word):
            return _UNIT[match["unit"]]
        unit = unit_of(word)
        is_each = self.at(index - 1) == _EACH or _LOCATIVE.fullmatch(word) or word.endswith("ের")
        return unit if unit in TIME and is_each else ""

    def measure_before(self, begin: int) -> str:
        """The unit that an amount is given by, in the words before it: প্রতি কেজি ওজনে দিনে ৫
        মিলিগ্রাম, ডেসিলিটারে ২ গ্রাম."""
        for index in range(begin - 1, max(begin - 1 - _REACH, -1), -1):
            word = self.at(index)
            if word in self.STOP or word == "," or self.number(index):
                return ""
            if by := self.measured_by(index):
                return by
        return ""

    def measured_by(self, index: int) -> str:
        """The unit of প্রতি কেজি, কেজি প্রতি, কেজিপ্রতি; লিটারে, but not কেজিতে: how many there are."""
        word = self.at(index)
        if match := _BY_EACH_WORD.fullmatch(word):
            return unit_of(match["after"] or match["before"])
        unit = unit_of(word)
        what = measure_of(unit)
        if what not in MEASURED or self.is_counted(index):
            return ""
        is_each = self.at(index - 1) == _EACH or self.at(index + 1) == _EACH
        return unit if is_each or (what == "volume" and _LOCATIVE.fullmatch(word)) else ""

    def is_counted(self, index: int) -> bool:
        """Whether a unit has a number of its own."""
        return (
            bool(self.number(index - 1))
            or self.at(index - 1) in _FEW
            or (self.glued(index) and self.is_number(index - 1))
        )

    def measure_after(self, end: int) -> tuple[str, int]:
        """The same behind an amount, and the token after it: ২ গ্রাম/ডেসিলিটার করে, প্রতি কেজিতে."""
        begin = end + (self.at(end) in {"/", _EACH})
        if begin > end or self.at(end + 1) == _EACH:
            unit = unit_of(self.at(begin))
            if measure_of(unit) in MEASURED and not self.number(begin + 1):
                return unit, begin + 1
        return "", end

    def rate_after(self, end: int) -> str:
        end += self.at(end) == _AT_A_TIME
        each = self.at(end) == _EACH
        if self.at(end) == "/":
            return unit_of(self.at(end + 1))
        per = self.each(end + each)
        counted = self.number(end + each + 1)
        said = self.at(end + each).endswith("ের") and not each
        return "" if counted or said else per
