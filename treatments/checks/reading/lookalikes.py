"""Words that look like another one: ঘুম for ঘাম, rush for rash."""

from functools import lru_cache

_SHORTEST = 3  # letters and signs of a Bangla word that may look like another
_SHORTEST_ENGLISH = 4  # short ones are too many: “wear” is no slip for “ear”
_LONG = 7  # from so many on two of them may differ


@lru_cache(maxsize=8192)
def look_alike(one: str, other: str) -> bool:
    """Whether two different words differ by a letter or a sign only, long ones by two."""
    shorter = min(len(one), len(other))
    if one == other or shorter < (_SHORTEST_ENGLISH if one.isascii() else _SHORTEST):
        return False
    most = 2 if shorter >= _LONG else 1
    return abs(len(one) - len(other)) <= most and _distance(one, other, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, taken out, exchanged or swapped; more than `most` is not
    counted."""
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, their in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != their))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == their:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
