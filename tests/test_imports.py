"""Who may import whom, downwards only."""

import ast

import pytest

from .conftest import ROOT

# From the bottom up. A module may import from its own line and from lines before it.
LAYERS = [
    [
        "text",
        "glyphs",
        "numbers",
        "richtext",
        "plan",
        "hours",
        "phones",
        "roles",
        "photos",
        "hashing",
    ],
    ["models", "translation", "apps", "triggers", "changes", "pictures", "addresses"],
    ["sections", "weekdays"],
    ["document", "migrations"],
    ["quality", "staleness", "compare", "merge", "to_confirm"],
    ["publishing"],
    ["site_facts", "passwords", "shipped"],
    ["content", "styles", "icons", "pictograms", "treatment_page", "dashboard"],
    ["seo", "sitemaps", "feeds", "pages", "leaflet", "calendar", "middleware", "forms", "outage"],
    ["logins", "front_door"],
    [
        "keeper",
        "views",
        "planner_views",
        "act_views",
        "picture_views",
        "admin",
        "staff_site",
        "templatetags",
        "management",
        "urls",
    ],
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
SOURCES = sorted((ROOT / "treatments").rglob("*.py"))


def imported_rooms(path, source=None) -> set[str]:
    """The rooms of `treatments` that a file imports, however the import is written."""
    package = path.relative_to(ROOT).with_suffix("").parts
    rooms = set()
    for node in ast.walk(ast.parse(source or path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level] if node.level else ()
            whole = (*base, *(node.module.split(".") if node.module else ()))
            names = [whole] if len(whole) > 1 else [(*whole, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            continue
        rooms |= {name[1] for name in names if name[0] == "treatments" and len(name) > 1}
    return rooms


def all_imports(path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return {
        name.split(".")[0]
        for node in tree
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
        if not (isinstance(node, ast.ImportFrom) and node.level)
    }


def room(path) -> str:
    return path.relative_to(ROOT / "treatments").with_suffix("").parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_downwards_only(path):
    if room(path) == "__init__":
        return
    assert room(path) in RANK, f"{room(path)} has no place in the table"
    higher = {name for name in imported_rooms(path) if RANK[name] > RANK[room(path)]}
    assert not higher, f"{room(path)} imports {higher}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_treatments_never_imports_the_wiring(path):
    assert "iontoinfo" not in all_imports(path)


@pytest.mark.parametrize("path", [path for path in SOURCES if room(path) == "quality"], ids=str)
def test_checks_touch_neither_database_nor_request(path):
    source = path.read_text("utf-8")
    for word in ("django.db", "django.http", ".objects", "timezone.now"):
        assert word not in source


@pytest.mark.parametrize("name", ["text", "numbers"])
def test_language_tools_need_only_the_standard_library_and_regex(name):
    import sys

    allowed = {*sys.stdlib_module_names, "regex"}
    assert all_imports(ROOT / "treatments" / f"{name}.py") <= allowed


@pytest.mark.parametrize(
    "line",
    [
        "from ..publishing import publish",
        "from .. import publishing",
        "from treatments.publishing import publish",
        "from treatments import publishing",
        "import treatments.publishing",
        "def late():\n    from ..publishing import publish",
    ],
)
def test_the_table_catches_an_upward_import_however_it_is_written(line):
    path = ROOT / "treatments" / "models" / "invented.py"
    assert imported_rooms(path, line) == {"publishing"}
    assert RANK["publishing"] > RANK[room(path)]
