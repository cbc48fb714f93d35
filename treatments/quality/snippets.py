"""Short pieces of texts, for messages."""

import regex

_LONGEST = 110
_CLUSTER = regex.compile(r"\X")


def cut(text: str, about: int = 0) -> str:
    """`text` on one line, at most about a hundred characters of it around the position `about`."""
    text = text.replace("\n", " ")
    clusters = [(match.start(), match[0]) for match in _CLUSTER.finditer(text)]
    if len(clusters) <= _LONGEST:
        return text
    centre = sum(1 for start, _ in clusters if start < about)
    begin = max(0, min(centre - _LONGEST // 2, len(clusters) - _LONGEST))
    piece = "".join(cluster for _, cluster in clusters[begin : begin + _LONGEST]).strip()
    return ("… " if begin else "") + piece + (" …" if begin + _LONGEST < len(clusters) else "")
