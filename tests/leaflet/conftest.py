"""Most of these tests print the same few leaflets: the type setter is asked for each of them once."""

import pytest

from treatments.leaflet import pdf

_compile = pdf.typst.compile
_made: dict[str, bytes] = {}  # by everything that the type setter is told


def _remembered(source, **options) -> bytes:
    told = repr((source, options))
    if told not in _made:
        _made[told] = _compile(source, **options)
    return _made[told]


@pytest.fixture(autouse=True)
def no_leaflet_set_twice(monkeypatch):
    monkeypatch.setattr(pdf.typst, "compile", _remembered)
