"""The drawings beside the steps of a procedure, for people who read little: inline SVG.

One hand's style: objects as lines, skin as flat shapes. Colours are the page's own (tokens.css),
so that one drawing serves light, dark, forced colours and paper.
"""

from django.utils.safestring import SafeString, mark_safe


def _moved(transform: str, shapes: str) -> str:
    return f'<g transform="{transform}">{shapes}</g>'


# A left hand from above, fingers upwards; most drawings share it, so that it compresses away.
HAND = '<path stroke="var(--skin)" fill="var(--skin)" stroke-width="3" d="M6 27 5 18M10 26 9 12M13 26V10M17 26V13M15 33l5-6M6 27h11v6l-2 4v13H8V37l-2-4z"/>'
LYING_HAND = _moved("matrix(0 1 1 0 -4 20)", HAND)  # fingers to the left, the arm to the right
FOOT = '<path stroke="var(--skin)" fill="var(--skin)" stroke-width="3" d="M6 16v.1M9 13v.1M13 12v.1M17 11v3M7 20q5-5 11-2c0 6-2 7-2 12v20H8V31c0-5-2-5-1-11z"/>'
TRAY = '<path fill="var(--water)" d="M2 6h21v31H2zM12 6V3h12H12"/>'
WATER_ABOVE = '<path fill="var(--water)" stroke="none" opacity=".3" d="M3 7h19v29H3z"/>'
HEAD = '<path stroke="var(--skin)" fill="var(--skin)" stroke-width="4" d="M12 28v6"/><path stroke="var(--skin)" fill="var(--skin)" stroke-width="11" d="M12 27v.1"/>'
HAIR = '<path fill="#321" d="M7 25.5a5 6 0 0 1 10 0z"/>'
PERSON = f'<path fill="var(--paper)" d="M3 50v-7q0-8 9-8t9 8v7z"/>{HEAD}'
NURSE = f'{PERSON}<path fill="var(--paper)" d="M7 23.5 6 18h12l-1 5.5zM12 19v3M10.5 20.5h3"/>'
KNOB = '<path fill="var(--paper)" d="M18 21a11 11 0 1 0 0 22 11 11 0 1 0 0-22z"/>'
SCRATCH = '<path d="m9 29 3 4M12 28l3 4"/>'


def _bolt(corner: str) -> str:
    return f'<path fill="var(--care)" d="M{corner}l-6 7h4l-1.5 5 6-7h-4z"/>'


def _drops(*tips: str) -> str:
    return f'<path fill="var(--water)" d="{"".join(f"M{tip}c-6 7 6 7 0 0z" for tip in tips)}"/>'


def _in_both_trays(part: str) -> str:
    half = TRAY + part + WATER_ABOVE
    return half + _moved("matrix(-1 0 0 1 48 0)", half)


# Each on a grid of 48 × 48.
DRAWINGS = {
    "wash": f'{LYING_HAND}<path d="M33 5v8h-8q-4 0-4 7M28 5h10M17 20h8"/>{_drops("21 23", "13 27", "29 27")}',
    "jewellery": f'{HAND}<path fill="var(--care)" d="M36 11a5.5 5.5 0 1 0 .1 0zm0 2.5a3 3 0 1 1-.1 0zM36 11l-3-3.5L34.5 5h3L39 7.5zM36 30a5 5 0 1 0 .1 0zM34 30v-4h4v4M34 40v4h4v-4M36 32.5V35h2"/><path d="M21 20h5M24 17.5l3 2.5-3 2.5"/>',
    "look": f'{HAND}{SCRATCH}<path fill="var(--paper)" fill-opacity=".4" d="M15 21a10 10 0 1 0 0 20 10 10 0 1 0 0-20z"/><path d="m22.5 38 8 7"/>',
    "jelly": f'{HAND}<path stroke="none" fill="var(--care)" d="M6 31q1-6 8-5t5 6-7 5-6-6z"/>{SCRATCH}<path fill="var(--care)" d="M26 31h17v14H26zM24.5 25h20v6h-20z"/>',
    "trays": '<path stroke="var(--water)" stroke-width="4" d="M12 35V16q0-5 7-6"/><path fill="var(--water)" d="M3 34h19l-2 9H5zM26 34h19l-2 9H28z"/><path fill="var(--paper)" d="M18 10 33 4l6 14-11 6q-6-3-10-14zM35.5 9q8-2 8 4 0 4-6 5"/>',
    "hands": _in_both_trays(HAND),
    "feet": _in_both_trays(FOOT),
    "underarm": f'<path stroke="var(--skin)" stroke-width="6" d="M15 26 12 50M32 24l9-9-13-8"/>{_moved("translate(10 -13)", HEAD + HAIR)}<path fill="var(--paper)" d="M14 50V28q0-5 5-5 3 5 6.5 0 5.5 0 5.5 5v22z"/><path fill="var(--water)" d="M32 28h6v12h-6z"/><path d="M38 34h6v14"/>',
    "electrodes": f'{LYING_HAND}<path fill="var(--paper)" d="M15 27h6v8h-6zM33 28h6v7h-6zM13 3h22v12H13z"/><path d="M18 27v-8h6v-4M36 28v-9h-6v-4"/>{_bolt("25 3.5")}',
    "medicine": f'{LYING_HAND}<path fill="var(--paper)" d="M27 26h14v13H27zM31.5 26v13M36.5 26v13M27 32.5h14M32 14V8h4v6l-2 3z"/><path fill="var(--care)" d="M31 8q-2-6 3-6t3 6z"/>{_drops("34 18")}',
    "up": f'{KNOB}<path d="m18 32 6-6M4 28q2-13 15-13M16 11l4 4-4 4"/><path fill="var(--care)" d="M36 44V20h-4l7.5-12 7.5 12h-4v24z"/>{_bolt("9 3")}',
    "down": f'{KNOB}<path d="m18 32-6-6M32 28q-2-13-15-13M20 11l-4 4 4 4"/><path fill="var(--care)" d="M36 8v24h-4l7.5 12 7.5-12h-4V8z"/>{_bolt("9 3")}',
    "timer": '<path fill="var(--paper)" d="M24 11a16 16 0 1 0 0 32 16 16 0 1 0 0-32zM24 11V5M20 5h8M36 14l2.5-2.5"/><path fill="var(--water)" d="M24 11a16 16 0 0 1 0 32z"/>',
    "goggles": '<path fill="var(--paper)" d="M5 17h38v9q0 7-7 7h-3q-5 0-7-6h-4q-2 6-7 6h-3q-7 0-7-7zM5 21H1M43 21h4"/><path fill="var(--care)" d="M9 20h11v4q-2 5-5 5t-6-5zM28 20h11v4q-3 5-6 5t-5-5z"/>',
    "lamp": f'{LYING_HAND}<path fill="var(--paper)" d="M8 3h32v7H8z"/><path stroke="var(--care)" stroke-width="3" d="M13 14v7M21 14v7M29 14v7M37 14v7"/>',
    "laser": f'{LYING_HAND}<path fill="var(--paper)" d="M22 2h8v13l-4 5-4-5zM22 7h8M30 4h10v6"/><path stroke="var(--danger-ink)" stroke-width="3" d="M26 23v5"/>',
    "spray": f'{LYING_HAND}<path fill="var(--paper)" d="M31 6h12v15H31zM34 6V3h6M31 10h-5"/><path stroke="var(--water)" stroke-width="2.5" d="M23 12l-3 4M24 15l-2 6M20 11l-4 2M8 5v12M3 8l10 6M13 8 3 14"/>',
    "needle": f'{LYING_HAND}<path fill="var(--paper)" d="M31 5l8 8-11 11-8-8zM25 16l-5-1M29 12l-5-1M35 9l6-6M38 0l8 8M24 20l-6 8"/>',
    "plaster": f'{LYING_HAND}<path fill="var(--care)" d="M17 23h20q5 0 5 5.5T37 34H17q-5 0-5-5.5t5-5.5z"/><path fill="var(--paper)" d="M22 23h10v11H22z"/>',
    "tablet": '<path fill="var(--paper)" d="M25 10h20l-3 33H28z"/><path fill="var(--water)" d="M26 21h18l-2 22H28z"/><path fill="var(--paper)" d="M13 25a9 9 0 1 0 .1 0zM4 34h18"/>',
    "no_sun": '<path fill="var(--care)" d="M24 16a8 8 0 1 0 .1 0zM24 8v4M24 36v4M8 24h4M36 24h4M13 13l3 3M32 32l3 3M13 35l3-3M32 16l3-3"/><path stroke="var(--danger-ink)" stroke-width="3" d="M24 3.5a20.5 20.5 0 1 0 0 41 20.5 20.5 0 1 0 0-41zM9.5 9.5l29 29"/>',
    "plate": f'<path fill="var(--line)" d="M18 9h20v16H18zM38 17h8"/>{_moved("translate(8 8)", HAND)}{_bolt("32 11")}<path stroke="var(--danger-ink)" stroke-width="3" d="M24 3.5a20.5 20.5 0 1 0 0 41 20.5 20.5 0 1 0 0-41zM9.5 9.5l29 29"/>',
    "tell": f'{PERSON}{HAIR}{_moved("translate(24)", NURSE)}<path fill="var(--paper)" d="M4 3h26v12H15l-3 4v-4H4z"/><path fill="var(--care)" d="M14 5l-5 4h3l-2 4 5-4h-3z"/><path d="M22 5.5v7M19.5 10l2.5 2.5 2.5-2.5"/>',
    "nurse": f'{NURSE}<path fill="var(--paper)" d="M26 20h18v25H26zM31 20v-3h8v3"/><path d="m30 33 3.5 4 6-8"/>',
    "towel": f'<path fill="var(--care)" d="M11 6h28v32H11zM11 30h28M11 33.5h28M6 6h38M15 38v4M21 38v4M27 38v4M33 38v4"/>{_moved("matrix(0 1 1 0 2 8)", HAND)}',
    "cream": f'{HAND}<path fill="var(--paper)" d="M28 25h15v19H28zM33 25v-6h5v6zM35.5 19v-6h-8v4v-4h8"/><path stroke="#fff" stroke-width="3" d="M8.5 32q4 3 2-1 5 2 4-2"/>',
}  # fmt: skip

# What a step may show → its drawings, side by side, where it is not the one of the same name.
TOGETHER = {
    "look_jelly": ("look", "jelly"),
    "hands_feet": ("hands", "feet"),
    "hands_feet_underarm": ("hands", "feet", "underarm"),
    "stay_in": ("hands", "feet", "timer"),
    "towel_cream": ("towel", "cream"),
}


def pictogram(choice: str | None) -> SafeString:
    """A step's drawings, hidden from screen readers: the words beside them say the same.

    Empty for a step that has none, or one that was taken away after the step was kept.
    """
    return mark_safe(
        "".join(
            f'<svg class="i drawn" viewBox="0 0 48 48" aria-hidden="true">{DRAWINGS[name]}</svg>'
            for name in TOGETHER.get(choice, (choice,))
            if name in DRAWINGS
        )
    )
