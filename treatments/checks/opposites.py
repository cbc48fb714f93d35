"""Opposites that are not as sure as others."""

from .lexicon import listed

# Opposites that are said for each other even in texts that leave nothing else unsaid.
LOOSE = frozenset(
    listed(
        "and/or, until/after, before/after, strong/weak, same/different, all/some, boil/freeze, "
        "eat/apply, alone/together, instead of/as well as"
    )
)
# Of these a word may be said by what also stands for another.
SHARED = frozenset(
    listed(
        "and/or, strong/weak, same/different, all/some, boil/freeze, alone/together, instead of/as well as, "
        "must/may, awake/asleep"
    )
)

# Words of phrases that mean something else as part of them: within a day, for longer.
LASTING = frozenset(
    listed("long/short, more/less, least/most, continue/stop, start/stop, inside/outside")
)
# Opposites that are said in too many ways to be missed by themselves.
BLUNT = frozenset(
    listed(
        "and/or, us/yourself, must/may, inside/outside, alone/together, near/far, keep/throw, "
        "continue/stop, start/stop, open/close, push/pull, attach/detach, tense/relax, on/off, "
        "wear/undress, full/empty, remember/forget, early/late, until/after, same/different, "
        "allow/forbid, easy/hard, known/unknown, still/move, sit/stand, win/refuse, new/old, "
        "first/last, above/below, fine/problem"
    )
) | {"before meal/after meal"}
