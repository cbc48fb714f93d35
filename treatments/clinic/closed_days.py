"""Days on which the clinic is closed."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise


def runs(days: Iterable[date]) -> list[list[date]]:
    """Days that follow each other together, in order: a holiday is one run."""
    days = sorted(days)
    found = [[day] for day in days[:1]]
    for before, day in pairwise(days):
        if (day - before).days == 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found
