"""What templates need to be read and readers do not: the white space between their lines."""

import re

# In these white space is words or a program, and a style sheet is allowed by its hash.
_UNTOUCHED = re.compile(
    b"(%b)"
    % b"|".join(
        rb"<%b\b.*?(?:</%b>|\Z)" % (name, name)
        for name in (b"pre", b"script", b"style", b"textarea")
    ),
    re.DOTALL,
)
# Beside the tags of these no white space is shown: a line begins and ends there, or it is the head
# of the page or a drawing; and at <wbr> a line may break, but nothing stands between.
_EDGE = (
    rb"</?(?:!doctype|html|head|title|meta|link|body|header|nav|main|footer|section|aside|div|p"
    rb"|h[1-6]|[ou]l|li|d[ltd]|details|summary|form|fieldset|legend|figure|figcaption|br|wbr"
    rb"|g|path|circle|text|desc)"
)
_INDENTATION = re.compile(rb"\n\s*")
_BEFORE_AN_EDGE = re.compile(rb"\n(?=%b[\s>])" % _EDGE)
_BEHIND_AN_EDGE = re.compile(rb"(%b(?:\s[^<>]*)?>)\n" % _EDGE)


def minified(html: bytes) -> bytes:
    """A page as it is sent: without indentation, and without line breaks where none is shown.

    Takes time in proportion to the page, whatever stands in it.
    """
    parts = _UNTOUCHED.split(html)
    parts[::2] = map(_without_layout, parts[::2])
    return b"".join(parts)


def _without_layout(html: bytes) -> bytes:
    html = _INDENTATION.sub(b"\n", html)
    html = _BEFORE_AN_EDGE.sub(b"", html)
    return _BEHIND_AN_EDGE.sub(rb"\1", html)
