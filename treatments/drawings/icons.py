"""The few drawn signs of the public pages: inline SVG, so that they cost no request."""

from django.utils.safestring import SafeString, mark_safe

# Drawn on a 24 × 24 grid with a line 2 wide; a filled shape says so itself.
SHAPES = {
    "drop": '<path d="M12 2.5c3.6 4.4 6.5 7.7 6.5 11.6a6.5 6.5 0 0 1-13 0C5.5 10.2 8.4 6.9 12 2.5z"/><path d="M12 11v6M9 14h6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "bolt": '<path d="M13 2.5 5.5 13.5H12l-1 8 7.5-11H12z"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 2.5V7M16 2.5V7"/>',
    "course": '<path d="M3 20.5h4.5v-5H12v-5h4.5v-5H21"/>',
    "repeat": '<path d="M20 12a8 8 0 1 1-2.5-5.8M20.5 3v4.5H16"/>',
    "lasts": '<path d="M6 3h12M6 21h12M7.5 3c0 5 9 6 9 9s-9 4-9 9M16.5 3c0 5-9 6-9 9s9 4 9 9"/>',
    "body": '<circle cx="12" cy="5" r="2.5"/><path d="M4.5 10.5 12 9.5l7.5 1M12 9.5V15M12 15l-3.5 6.5M12 15l3.5 6.5"/>',
    "tick": '<path d="m4.5 12.5 5 5L20 6.5"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "stop": '<path d="M8.3 2.5h7.4l5.8 5.8v7.4l-5.8 5.8H8.3l-5.8-5.8V8.3z"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>',
    "speak": '<path d="M4 4.5h16v11.5H11L6 20.5V16H4z"/><path d="M12 7.5v3.5M12 13.5v.1"/>',
    "phone": '<path d="M6 3h3.5l1.5 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 1.5V18a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>',
    "chat": '<path d="M3.5 20.5 5 16a8.5 8.5 0 1 1 3.2 3.2z"/><path d="M8.5 12h7"/>',
    "pin": '<path d="M12 21.5C8 17 5.5 13.5 5.5 9.5a6.5 6.5 0 0 1 13 0c0 4-2.5 7.5-6.5 12z"/><circle cx="12" cy="9.5" r="2.3"/>',
    "alert": '<path d="M12 3 22 20.5H2z"/><path d="M12 9.5V14M12 17v.1"/>',
    "paper": '<path d="M6 2.5h8l4.5 4.5v14.5H6z"/><path d="M9 12h6M9 16h6"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "person": '<circle cx="12" cy="6" r="3.5"/><path d="M6 21.5V17a6 6 0 0 1 12 0v4.5z"/>',
    "heart": '<path d="M12 20.5C5 15.5 2.5 12 2.5 8.5a4.8 4.8 0 0 1 9.5-1.5 4.8 4.8 0 0 1 9.5 1.5c0 3.5-2.5 7-9.5 12z"/>',
    "bag": '<rect x="3.5" y="7.5" width="17" height="13" rx="2.5"/><path d="M8.5 7.5v-4h7v4M12 11v6M9 14h6"/>',
    "glass": '<circle cx="10.5" cy="10.5" r="7"/><path d="m15.5 15.5 6 6M7.5 10.5l2.5 2.5 4-4.5"/>',
    "fork": '<path d="M12 21.5V14L5.5 6M12 14l6.5-8M4.5 10.5v-5h5M14.5 5.5h5v5"/>',
    "ask": '<circle cx="12" cy="12" r="9.5"/><path d="M9 9.5a3 3 0 1 1 4.5 2.5c-1 .6-1.5 1-1.5 2.2M12 17.5v.1"/>',
    "coin": '<circle cx="12" cy="12" r="9.5"/><path d="M8.5 7.5c3-.5 2.5 2 2.5 4s0 5.5 2.5 5.5 3-2.5 3-4M8 11.5h5.5"/>',
    "book": '<path d="M12 6C9.5 4 6.5 3.5 2.5 3.5v15c4 0 7 .5 9.5 2.5 2.5-2 5.5-2.5 9.5-2.5v-15c-4 0-7 .5-9.5 2.5zM12 6v15"/>',
    "help": '<rect x="3" y="3" width="18" height="18" rx="4"/><path d="M12 7.5v9M7.5 12h9"/>',
    "hand": '<path d="M3 14c2-2 4.5-2 6.5-.5H14a1.7 1.7 0 0 1 0 3.5h-4M14.5 15.5 19 12a1.6 1.6 0 0 1 2.2 2.3L15.5 20H7l-4 1M12 10C9.5 8 8.5 7 8.5 5.5a2 2 0 0 1 3.5-1.3 2 2 0 0 1 3.5 1.3C15.5 7 14.5 8 12 10z"/>',
    "common": '<path d="M5 16v4M12 11v9M19 5v15"/>',
    "uncommon": '<path d="M5 16v4M12 11v9M19 20v0"/>',
    "rare": '<path d="M5 16v4M12 20v0M19 20v0"/>',
    "camera": '<rect x="2.5" y="6.5" width="19" height="14" rx="2.5"/><path d="M8 6.5 9.5 3.5h5L16 6.5"/><circle cx="12" cy="13.5" r="3.8"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1"/>',
    "same": '<circle cx="12" cy="12" r="9.5"/><path d="M8 10h8M8 14.5h8"/>',
    "done": '<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.5 3 3 6-6.5"/>',
    "pen": '<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z"/><path d="M13.5 7l3.5 3.5"/>',
    "down": '<path d="M12 4v15M5.5 12.5 12 19l6.5-6.5"/>',
    "up": '<path d="M12 16V4M6 9.5 12 3.5l6 6M4 20.5h16"/>',
    "grip": '<path d="M9 5v.1M15 5v.1M9 12v.1M15 12v.1M9 19v.1M15 19v.1"/>',
    "back": '<path d="M9 6 3.5 11.5 9 17M4 11.5h10a6 6 0 0 1 6 6v1"/>',
}  # fmt: skip

# What stands beside each section's heading.
OF_SECTION = {
    "contraindications": "stop",
    "what_it_is": "drop",
    "photos": "camera",
    "how_it_works": "bolt",
    "who_it_helps": "person",
    "benefits": "heart",
    "preparation": "bag",
    "procedure": "course",
    "how_often": "calendar",
    "results": "lasts",
    "evidence": "glass",
    "side_effects": "alert",
    "aftercare": "hand",
    "help_signs": "help",
    "other_options": "fork",
    "questions": "ask",
    "cost": "coin",
    "sources": "book",
}

# What stands beside each of the first answers.
OF_ANSWER = {
    "may_have_it": "speak",
    "pain": "bolt",
    "visit": "clock",
    "course": "calendar",
    "works": "repeat",
    "cost": "coin",
    "help": "alert",
}


def icon(name: str) -> SafeString:
    """A drawn sign, by its own name or a section's; hidden from screen readers: words stand beside it."""
    return _drawn(SHAPES[OF_SECTION.get(name, name)])


def icon_of_answer(about: str) -> SafeString:
    """The sign beside an answer, by what the answer is about."""
    return _drawn(SHAPES[OF_ANSWER[about]])


def _drawn(shape: str) -> SafeString:
    # With a size of its own, for browsers that know no min() in a style sheet.
    return mark_safe(
        f'<svg class="i" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">{shape}</svg>'
    )
