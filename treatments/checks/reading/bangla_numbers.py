"""The numbers of a Bangla text."""

from dataclasses import replace
from decimal import Decimal

from ...language.inflection import BANGLA_ENDING
from ...language.text import compile_pattern, normalise
from ..lexicon import spaced, table
from .bangla_clocks import BanglaClocks
from .bangla_number_words import (
    ADVERBS,
    AT_A_TIME,
    BOTH_WORD,
    EACH,
    EACH_NIGHT,
    EACH_WORD,
    EVERY,
    FEW,
    FEW_WORD,
    HUNDRED_WORD,
    IN_DAYTIME,
    LOCATIVE,
    LOOSE,
    MEAL,
    MINUS,
    MONTHS_LONG,
    MONTHS_WORD,
    NINE,
    ONE_OR_SO,
    ORDINAL_WORD,
    ORDINALS,
    PART_OF_DAY,
    PARTS,
    POWERS,
    SHIFTS,
    SPAN,
    UNIT,
    any_of,
    glued_unit,
    number_word,
    says_something,
    unit_of,
    words_of,
)
from .bangla_rates import HOLIDAY, BanglaRates
from .quantity import COUNT, NUMBER, PHONE, RANGE, SHARE, TIME, UNITS, Quantity
from .reader import Found

_HUNDREDS = words_of("শ শো শত")
_ANDS, _ANOTHER = words_of("আর ও এবং"), (normalise("আরেক"), normalise("অন্য"))
_POWER_OR_SO = compile_pattern(rf"(?P<power>{any_of(POWERS)})খানেক{BANGLA_ENDING}")
_THINGS = 3  # words for what is counted: নতুন রোগীর অপারেশনে
_MONTH_WORD = compile_pattern(
    "(?:তারিখ|"
    + any_of(
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
_BODY = compile_pattern(
    f"(?:হাত|পা|চোখ|বগল|কান|পাশ|দিক|তালু|হাঁটু|কাঁধ|গাল|ভুরু|ভ্রু|কনুই|বাহু|আঙুল|ঠোঁট|ধার|প্রান্ত|কিনার|কিনারা|মাথা){BANGLA_ENDING}|পায়ের|পায়ে|মাঝ.*"
)
_TOGETHER = words_of("মিলে মিলিয়ে একসঙ্গে একত্রে")  # দুটো মিলে
_GENITIVE = compile_pattern("(?!বার$).*(?:ের|এর|র|ে|ায়)")
_ABOUT = words_of(
    "প্রায় মাত্র অন্তত কমপক্ষে ন্যূনতম গড়ে আনুমানিক মোটামুটি কমবেশি কম-বেশি সর্বোচ্চ বড়জোর সর্বাধিক শুধু কেবল হয়তো "
    "সাধারণত"
)
_SAYING = normalise("বল")
_AMONG = words_of("মধ্যে মাঝে ভেতর ভেতরে ভিতর ভিতরে")
_USUAL = normalise("রোজকার")  # daily, but রোজকার মতো is “as usual”
_WHATEVER = normalise("যা")  # রোজ যা খান: as usual
_AS_EVERY_DAY = words_of("রোজকার দৈনন্দিন নিত্যদিন নিত্য")  # everyday, and not every day
_AS_USUAL = tuple(spaced("মতো সময় মাপ নিয়ম"))
_GIVE = normalise("দিন")  # also "please give"
_DAYS = words_of(
    "সারা পরের আগের একই সেই ওই ঐ এই যে প্রথম দ্বিতীয় তৃতীয় শেষ কাজের ছুটির প্রতি প্রত্যেক কয়েক কিছু অনেক বহু "
    "সেশনের চিকিৎসার পরীক্ষার অপারেশনের ইনজেকশনের আরেক আরো আরও দিনের পর নির্দিষ্ট কোনো একটানা টানা পুরো"
)
_LONG = words_of("অনেক দীর্ঘ বহু কত যত তত এত")  # অনেক দিন is a long time
_PEOPLE = frozenset(UNITS["person"]["bn"]) - words_of("জন জনা")
_CLOSED = words_of(  # words that end the search for the thing counted
    "পর পরে পরপর আগে আগের পরের মধ্যে ধরে করে জন্য পর্যন্ত মতো কম কমে বেশি নিচে উপরে ওপরে অন্তর মিলিয়ে মিলে দিয়ে নিয়ে হলে হয় "
    "না ও আর এবং তবে কিন্তু সঙ্গে সাথে ভাগে বিনা"
)
_BELOW_ZERO, _DEGREES = normalise("শূন্যের"), frozenset(["degree", "celsius", "fahrenheit"])
_MORE = words_of("বেশি কম")
_SPF = words_of("এসপিএফ spf")
_TITLES = {**dict.fromkeys(_SPF, "spf"), "৳": "taka"}
_PER_HUNDRED = normalise("শতকরা")
_POINT = normalise("দশমিক")
_SIGNLESS = words_of("নম্বর নং সংখ্যক")
_HALF, _HUNDRED = normalise("অর্ধেক"), normalise("শত")
_COMPANY = tuple(spaced("সঙ্গে সাথে সামনে মতো মত"))
_CALLING = tuple(spaced("নম্বর ফোন কল"))


class Bangla(BanglaRates, BanglaClocks):
    LANGUAGE = "bn"
    LINKS = compile_pattern(r"\s*(?:,|,?\s*ও|,?\s*এবং|,?\s*আর|বা|থেকে|বনাম)\s*")
    ADDS = compile_pattern(r"\s*(?:ও|এবং|আর)?\s*")
    JOINS = words_of("থেকে হতে বা কিংবা অথবা")

    # --- Numbers ---

    def number(self, index: int) -> Found | None:
        if self.at(index) == MINUS:
            found = self.number(index + 1)
            return replace(found, value=-found.value, begin=index) if found else None
        shift = SHIFTS.get(self.at(index))
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
        word = number_word(self.at(index + 1)) if found.worded else None
        scale = word.scale if word else Decimal(1)
        value = found.value + shift * scale
        found = replace(found, value=value, begin=index, loose=False, scale=scale)
        return self.powers(found)

    def pointed(self, found: Found) -> Found:
        """৯২ দশমিক ৯, নয় দশমিক পাঁচ."""
        if self.at(found.end) != _POINT or found.value % 1:
            return found
        after, end, digits = found.end + 1, found.end + 1, ""
        while word := number_word(self.at(end)):
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
            match = HUNDRED_WORD.fullmatch(self.at(end))
            if match and group is not None and POWERS[match["power"]] < least:
                least = POWERS[match["power"]]
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
            return Found(POWERS[match["power"]], index, index + 1, True, vague=True)
        power = POWERS.get(self.at(index))
        end = index + 1 + (self.at(index + 1) == "-")
        word = number_word(self.at(end)) if power else None
        if power is None or word is None or not word.about:
            return None
        unit = self.counted_with(word.counted)
        end += 1
        return Found(word.value * power, index, end, True, vague=True, unit=unit, unit_end=end)

    def is_next(self, more: Found, least: Decimal) -> bool:
        """Whether a number behind a power is another one: ৫ হাজার ২ বার."""
        match = HUNDRED_WORD.fullmatch(self.at(more.end))
        if match:
            return POWERS[match["power"]] >= least
        return least >= 1000 and more.value < 100 and not more.worded

    def counted_with(self, glued: str | None) -> str:
        return glued_unit(glued) if glued else ""

    def loose(self, index: int) -> Found | None:
        word = self.at(index)
        if word in LOOSE:
            unit = "fold" if word.endswith("গুণ") else ""
            return Found(LOOSE[word], index, index + 1, True, True, unit=unit, unit_end=index + 1)
        if match := BOTH_WORD.fullmatch(word):
            return Found(Decimal(2), index, index + 1, True, True)
        if match := MONTHS_WORD.fullmatch(word):
            value, end = MONTHS_LONG[match["word"]], index + 1
            return Found(value, index, end, True, True, unit="month", unit_end=end)
        match = ORDINAL_WORD.fullmatch(word)
        if match:
            value = ORDINALS[match["word"]]
            return Found(value, index, index + 1, True, value < 3, ordinal=True)
        return None

    def worded(self, index: int) -> Found | None:
        word = number_word(self.at(index))
        if word is None:
            return self.power_alone(index)
        end, value = index + 1, word.value
        unit = self.counted_with(word.counted)
        if self.at(index) == NINE and not self.is_nine(index):
            return None
        if value == 0 and self.at(index) != "শূন্য" and self.is_number(end):  # শূন্যের ৫ ডিগ্রি নিচে
            return None
        if word.nth:
            return Found(value, index, end, True, value < 3, ordinal=True)
        if word.part:
            return Found(value, index, end, True, whole=PARTS[word.part])
        dash = self.at(end) == "-"
        for part, whole in PARTS.items():
            if value < 10 and value % 1 == 0 and self.at(end + dash).startswith(part):
                return Found(value, index, end + dash + 1, worded=True, whole=whole)
        if value == 1 and self.two_in_turn(index):
            return Found(Decimal(2), index, end, True, True)
        loose = value == 1 or (value == 2 and unit in {"", "time"} and self.is_pair(index, end))
        if word.about:
            return Found(value, index, end, True, False, True, unit, end if unit else 0)
        per = "day" if word.counted == MEAL else ""
        if value == Decimal("0.5") and MEAL in {word.counted, self.at(end)}:  # আধবেলা
            end += word.counted != MEAL
            return Found(value, index, end, True, False, False, "day", end)
        if value == Decimal("0.5") and not unit and not unit_of(self.at(end)):
            loose = self.at(index) != _HALF
        return Found(value, index, end, True, loose, False, unit, end if unit else 0, per=per)

    def power_alone(self, index: int) -> Found | None:
        """হাজারে একজন, হাজার টাকা; no হাজার হাজার."""
        match = HUNDRED_WORD.fullmatch(self.at(index))
        if match is None or match["power"] in _HUNDREDS - {_HUNDRED}:
            return None
        is_each = self.at(index - 1) == EACH or bool(match["glued"])
        if is_each and self.begins_share(self.after_things(index + 1)):
            unit = self.counted_with(match["glued"])
            return Found(POWERS[match["power"]], index, index + 1, True, power=True, unit=unit)
        per = self.at(index) != match["power"] and self.begins_share(index + 1)
        if match["glued"] or not (per or unit_of(self.at(index + 1))):
            return None
        if self.at(index - 1) == self.at(index):
            return None
        return Found(POWERS[match["power"]], index, index + 1, worded=True, power=True)

    def continues(self, one: Quantity, after: Quantity) -> bool:
        """দুই ঘণ্টায় দশ মিনিট is no time of two hours and ten minutes."""
        return not LOCATIVE.fullmatch(one.text.split()[-1]) and super().continues(one, after)

    def is_nine(self, index: int) -> bool:
        after = self.at(index + 1)
        return (
            bool(unit_of(after))
            or after in POWERS
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
        if self.kind_at(index) == "word" and not says_something(self.at(index)):
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
        word = number_word(self.at(first.begin))
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
        after = self.at(index + 1)
        is_usual = after == _WHATEVER or (word == _USUAL and after.startswith(_AS_USUAL))
        if word in ADVERBS and not (after.startswith(HOLIDAY) or is_usual):
            every = word not in _AS_EVERY_DAY
            return self.mention(index, index + 1, ADVERBS[word], every=every), index + 1
        match = EACH_WORD.fullmatch(word)
        if match:
            found = self.mention(index, index + 1, UNIT[match["unit"]], every=True)
            return found, index + 1
        match = FEW_WORD.fullmatch(word)
        if match:
            found = self.mention(index, index + 1, UNIT[match["unit"]], vague=True)
            return found, index + 1
        if EACH_NIGHT.fullmatch(word) or (word == EACH and self.at(index + 1) in PART_OF_DAY):
            return self.mention(index, index + 1, "day"), index + 1
        if word in {EACH, EVERY} and unit_of(self.at(index + 1)) in (*TIME, "session", "dose"):
            return self.mention(
                index, index + 2, unit_of(self.at(index + 1)), every=True
            ), index + 2
        one_or_so = ONE_OR_SO.fullmatch(word) or ONE_OR_SO.fullmatch(self.at(index + 1))
        if one_or_so:
            unit = unit_of(one_or_so["unit"] or word)
            if unit in TIME:
                end = index + 1 + (not one_or_so["unit"])
                found = Found(Decimal(1), index, end, True, True, True, unit, end)
                return self.quantity(NUMBER, [found], unit), end
        if SPAN.fullmatch(word):
            return self.mention(index, index + 1, "span", vague=True), index + 1
        unit = unit_of(word)
        if unit not in TIME or not self.is_time(index) or self.is_before_number(index):
            return None
        return self.mention(index, index + 1, unit, vague=self.at(index - 1) in FEW), index + 1

    def is_before_number(self, index: int) -> bool:
        """Whether the number follows: মিনিট বিশেক."""
        after = number_word(self.at(index + 1))
        return after is not None and (after.about or self.at(index) in UNIT) and not after.counted

    def is_time(self, index: int) -> bool:
        word, before = self.at(index), self.at(index - 1)
        if unit_of(word) == "day":
            if before in _LONG or self.at(index + 1) in {MEAL, IN_DAYTIME}:
                return False
            return word != _GIVE or before in _DAYS
        return True

    def fraction(self, first: Found) -> tuple[Quantity, int]:
        whole = replace(first, value=first.whole)
        return self.quantity(SHARE, [first, whole], ""), first.end

    def unit(self, found: Found) -> tuple[str, int]:
        """The thing counted after a number, and the token after it."""
        if found.unit:
            return found.unit, found.unit_end
        # প্রথমটার এক ঘণ্টা পর is an hour after the first.
        if self.at(found.begin) in ORDINALS and (one := self.first_one(found)):
            found = one
        index = found.end
        if self.at(index) == "-" and not self.number(index + 1):
            index += 1
        word = number_word(self.at(found.end - 1)) if found.worded else None
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
        unit = UNIT.get(before, "") if before not in _PEOPLE and first.value > 1 else ""
        word = number_word(self.at(first.end - 1)) if first.worded else None
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
        if not unit and not self.is_counted_off(second):
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

    def is_counted_off(self, found: Found) -> bool:
        """Whether it counts what follows: in পাঁচ রাত দু-তিনটি বালিশে no nights."""
        word = number_word(self.at(found.end - 1)) if found.worded else None
        return bool(word and word.counted)

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
            if begin == end or not (first.value >= 10 or self.at(first.begin - 1) == EACH):
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
                if among is None and (self.at(first.begin - 1) != EACH or first.value < 10):
                    return None
                if among is not None:
                    continue
            second = self.range_end(found, counted, stop)
            if among is None and second and self.unit(second)[0] in TIME:
                return None  # ৩০% অ্যাসিড লাগিয়ে দুই থেকে পাঁচ মিনিট
            return self.share(first, found, unit, counted, stop)
        return None

    def after_about(self, index: int) -> int:
        while self.at(index) in _ABOUT:
            index += 1
        return index

    def begins_share(self, index: int) -> bool:
        """Whether a number follows, as of হাজারে প্রায় একজন."""
        index = self.after_about(index)
        return self.is_number(index) or number_word(self.at(index)) is not None

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
        if not counted and self.at(end) == AT_A_TIME:
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
