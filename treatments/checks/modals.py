"""What a patient can do, or had better do, said for what a patient has to do.

“You can”, -তে হবে; “you must”, পারেন; “you must”, -লে ভালো; “it may”, যাবেই; “you need not”, যাবে না.
"""

from collections.abc import Iterator, Mapping, Sequence

import regex

from ..language.text import compile_pattern, sentence_spans
from .reach import is_conditional
from .reading.words import Word, words

_CAN, _MUST, _MAY, _SURELY = "can", "must", "may", "surely"
_NEED_NOT, _MUST_NOT = "need not", "must not"
_SAYING: Mapping[tuple[str, str], regex.Pattern[str]] = {
    ("en", _CAN): regex.compile(
        r"(?i)\b(?:you|he|she|they|child|children|baby|patients?) (can|may)\b"
    ),
    ("en", _MAY): regex.compile(r"(?i)\b(may|might|can|could)\b"),
    ("bn", _SURELY): compile_pattern(
        r"(?<![\p{L}\p{M}])((?!ত)[\p{L}\p{M}]+(?<!ভা)বেন?ই)(?![\p{L}\p{M}])"
    ),
    ("en", _MUST): regex.compile(r"(?i)\b(must|ha(?:ve|s) to|needs?|should)\b(?! not)"),
    ("bn", _CAN): compile_pattern(
        r"(?<![\p{L}\p{M}])(পার(?:েন|বেন|ে|বে)|(?<=লে )ভালো)(?![\p{L}\p{M}])"
    ),
    ("bn", _MUST): compile_pattern(r"তেই? (হবে)(?![\p{L}\p{M}])"),
    ("en", _NEED_NOT): regex.compile(
        r"(?i)\b(need not|needn['’]t|(?:do|does)(?:n['’]t| not) (?:need|have) to)\b"
    ),
    ("bn", _NEED_NOT): compile_pattern(
        r"(?<![\p{L}\p{M}])((?:দরকার|প্রয়োজন) (?:নেই|হবে না|হয় না|পড়ে না)|লাগবে না|(?<=তে )হবে না)"
        r"(?![\p{L}\p{M}])"
    ),
    ("en", _MUST_NOT): regex.compile(
        r"(?i)\b(must not|mustn['’]t|must never|never|do not|don['’]t|not allowed)\b"
    ),
    ("bn", _MUST_NOT): compile_pattern(
        r"(?<![\p{L}\p{M}])((?<=ওয়া |োনো |া )যাবে না|চলবে না|[\p{L}\p{M}]+বেন না|নিষেধ|মানা|বারণ)"
        r"(?![\p{L}\p{M}])"
    ),
}
_HAS_TO = compile_pattern(r"তে(?:ই হয়|ই? হবে)(?![\p{L}\p{M}])")
# Whatever else may say one of them in other words.
_HINTS: Mapping[tuple[str, str], regex.Pattern[str]] = {
    ("en", _CAN): regex.compile(
        r"(?i)\b(?:can|may|might|could|able|allowed|possible|possibly|perhaps|maybe|free to|if you"
        r" (?:like|wish|want)|optional|risk|chance|likely|sometimes)\b"
    ),
    ("en", _MUST): regex.compile(
        r"(?i)\b(?:must|ha(?:ve|s|d) to|need\w*|should|ought|require\w*|necessary|essential|always|sure"
        r"|only|cannot|unless|until|before|important|will|without|expect)\b|n['’]t\b|\bnot\b"
    ),
    ("en", _SURELY): regex.compile(
        r"(?i)\b(?:will|always|certain\w*|definitely|sure|surely|must|bound|only|even)\b"
    ),
    ("en", _NEED_NOT): regex.compile(
        r"(?i)\b(?:need\w*|ha(?:ve|s) to|necessary|require\w*|no|without|wait|worry|unless|until|alone)\b"
    ),
    ("en", _MUST_NOT): regex.compile(
        r"(?i)\b(?:must|never|do not|don['’]t|cannot|no|avoid)\b(?! (?:need|have) to)"
    ),
    ("bn", _NEED_NOT): compile_pattern(
        r"(?<![\p{L}\p{M}])(?:দরকার|প্রয়োজন|লাগ|হবে|হয়|জরুরি|ছাড়া|চলে|অসুবিধা|সমস্যা|চিন্তা|ভয়)"
    ),
    ("bn", _MUST_NOT): compile_pattern(
        r"(?<![\p{L}\p{M}])(?:যাবে না|যায় না|চলবে না|[\p{L}\p{M}]+বেন (?:না|নি)|নিষেধ|মানা|বারণ|বন্ধ|নয়)"
    ),
    ("bn", _MAY): compile_pattern(r"(?<![\p{L}\p{M}])(?:পার|হয়তো|সম্ভ|ঝুঁকি|আশঙ্কা|কখন)"),
    ("bn", _CAN): compile_pattern(
        r"(?<![\p{L}\p{M}])(?:পার|যায়|যাবে|চল|সম্ভ|হয়তো|ঝুঁকি|আশঙ্কা|চাই|ইচ্ছ|মাঝে|কখন|কারও|নেই|হলে|লাগতে)"
    ),
    ("bn", _MUST): compile_pattern(
        r"(?<![\p{L}\p{M}])(?:হবে|হয়|লাগ|অবশ্য|দরকার|প্রয়োজন|উচিত|জরুরি|বাধ্য|আবশ্য|না|নয়|নেই|নি)"
    ),
}

# What a patient is free to do, or had better do.
_FREE = compile_pattern(
    r"(?<![\p{L}\p{M}])((?<=লে )ভালো(?= হ|[।,;:]|$)|(?<=লেও )(?:চলে|চলবে|হয়|হবে)|চাইলে(?=[^।,;]* পার))"
    r"(?![\p{L}\p{M}])"
)
_OWED: Mapping[str, regex.Pattern[str]] = {  # each of them once
    "en": regex.compile(r"(?i)\b(?:must|ha(?:ve|s) to|needs? to)\b"),
    "bn": compile_pattern(
        r"তেই? (?:হবে|হয়)(?![\p{L}\p{M}])|(?<![\p{L}\p{M}])(?:লাগবে|অবশ্যই|দরকার|প্রয়োজন|উচিত|জরুরি|বাধ্য)"
        r"|(?:বেন|ুন|[াো]ন|(?<![\p{L}\p{M}])নিন)(?![\p{L}\p{M}])"
    ),
}
_WISHING = regex.compile(
    r"(?i)\b(?:want|wish|like|choos|prefer|can|may|might|could|would|option|ask|free|up to you|rather|better|"
    r"good|best|helps?|unless|if|should|advis|recommend|try|all right|okay|fine|enough|"
    r"will do|works?\b|suits?\b|too\b)"
)


_INSTEAD = (
    (_CAN, _MUST),
    (_MUST, _CAN),
    (_MAY, _SURELY),
    (_NEED_NOT, _MUST_NOT),
    (_MUST_NOT, _NEED_NOT),
)


def turned_modals(english: str, bangla: str) -> Iterator[tuple[Word, Word]]:
    """The English word and the Bangla one, in sentences that say nothing else of the kind."""
    spans = sentence_spans(english), sentence_spans(bangla)
    if len(spans[0]) != len(spans[1]):
        return
    for (begin, end), (start, stop) in zip(*spans, strict=True):
        free = _free(bangla, start, stop)
        owed = len(_OWED["en"].findall(english, begin, end))
        if free and (
            owed > len(_OWED["bn"].findall(bangla, start, stop))
            or not (owed or _WISHING.search(english, begin, end))
        ):
            must = _SAYING["en", _MUST].search(english, begin, end)
            yield (
                _word_at(words(english, "en"), must.start(1)) if must else words(english, "en")[0],
                _word_at(words(bangla, "bn"), free.start(1)),
            )
        for said, instead in _INSTEAD:
            one = _SAYING["en", said].search(english, begin, end)
            other = _SAYING["bn", instead].search(bangla, start, stop)
            if (
                one
                and other
                and not _HINTS["en", instead].search(english, _answered(english, begin, end), end)
                and not _HINTS["bn", said].search(bangla, _answered(bangla, start, stop), stop)
                # What one should do is what is good to do.
                and (one[1].lower(), other[1]) != ("should", "ভালো")
            ):
                yield (
                    _word_at(words(english, "en"), one.start(1)),
                    _word_at(words(bangla, "bn"), other.start(1)),
                )


def _free(bangla: str, start: int, stop: int) -> regex.Match[str] | None:
    """What says so there, behind a condition and no noun: এই পিলে ভালো হয়."""
    for match in _FREE.finditer(bangla, start, stop):
        before = [word for word in words(bangla, "bn") if word.end < match.start(1)][-1:]
        if match[1].startswith("চাইলে") or any(map(is_conditional, before)):
            return match
    return None


_ANSWER = compile_pattern(r"\s*[\p{L}\p{M}]+,")


def _answered(text: str, start: int, stop: int) -> int:
    """Where a sentence begins behind the one word that answers a question: no, … পারে, …"""
    answer = _ANSWER.match(text, start, stop)
    return answer.end() if answer else start


def says_must(bangla: str, place: int) -> bool:
    """Whether the sentence at a place of a Bangla text says what has to be done: পরতেই হয়."""
    return any(
        _HAS_TO.search(bangla, start, stop)
        for start, stop in sentence_spans(bangla)
        if start <= place < stop
    )


def _word_at(those: Sequence[Word], start: int) -> Word:
    return next(word for word in those if word.start == start)
