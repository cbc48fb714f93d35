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
SHARED = LOOSE | frozenset({"must/may", "awake/asleep"})

# Words of phrases that mean something else as part of them: within a day, for longer.
LASTING = frozenset(
    listed("long/short, more/less, least/most, continue/stop, start/stop, inside/outside")
)
