"""Who may import whom, downwards only."""

import ast
import sys

import pytest

from .conftest import ROOT

# A room imports from rooms of the lines above its own, and from itself.
LINES = [
    {"language"},
    {"clinic", "drawings", "roles"},
    {"models"},
    {"document", "photos", "page_cache"},
    {"checks", "leaflet", "word_file"},
    {"publishing", "keeping"},
    {"public"},
    {"planner"},
    {"staff", "templatetags"},
    {"management"},
    # A migration reads documents as today's code reads them, however old they are.
    {"urls", "admin", "migrations"},
]
LINE = {room: number for number, rooms in enumerate(LINES) for room in rooms}
PACKAGE = ROOT / "treatments"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports(path, source: str | None = None) -> set[tuple[str, ...]]:
    """The dotted names that a file imports, as tuples, however and wherever it does."""
    here = path.relative_to(ROOT).with_suffix("").parts
    names = set()
    for node in ast.walk(ast.parse(source or path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            names |= {(*base, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {tuple(alias.name.split(".")) for alias in node.names}
    return names


# What Django and modeltranslation want under names of their own belongs to the models.
OF_THE_MODELS = {"translation", "apps"}


def room_called(name: str) -> str:
    return "models" if name in OF_THE_MODELS else name


def room(path) -> str:
    return room_called(path.relative_to(PACKAGE).with_suffix("").parts[0])


def imported_rooms(path, source: str | None = None) -> set[str]:
    ours = {name for name in imports(path, source) if name[0] == "treatments" and name[1:]}
    return {room_called(name[1]) for name in ours} - {room(path)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_from_the_rooms_above_it(path):
    assert room(path) in LINE, f"{room(path)} has no place in the list"
    wrong = {name for name in imported_rooms(path) if LINE[name] >= LINE[room(path)]}
    assert not wrong, f"{room(path)} imports {wrong}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_imports_the_wiring_or_what_another_keeps_private(path):
    for name in imports(path):
        assert name[0] != "iontoinfo"
        if name[0] == "treatments" and room_called(name[1]) != room(path):
            assert not any(part.startswith("_") and part != "__init__" for part in name), name


def test_few_modules_stand_outside_the_rooms():
    assert len(list(PACKAGE.glob("*.py"))) <= 8
    assert not (PACKAGE / "staff" / "__init__.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        ("language", ("django.db", "django.http", ".objects")),
        ("clinic", ("django.db", "django.http", ".objects")),
        ("drawings", ("django.db", "django.http", ".objects")),
        ("checks", ("django.db", "django.http", ".objects", "timezone.now")),
    ],
)
def test_values_in_values_out(name, forbidden):
    for path in (PACKAGE / name).rglob("*.py"):
        source = path.read_text("utf-8")
        assert not [word for word in forbidden if word in source], path


@pytest.mark.parametrize("name", ["text", "digits"])
def test_text_and_digits_need_only_the_standard_library_and_regex(name):
    path = PACKAGE / "language" / f"{name}.py"
    others = {module[0] for module in imports(path)} - {*sys.stdlib_module_names, "regex"}
    assert others <= {"treatments"}


@pytest.mark.parametrize(
    "line",
    [
        "from ..publishing.publish import publish",
        "from ..publishing import publish",
        "from .. import publishing",
        "from treatments.publishing import publish",
        "from treatments import publishing",
        "import treatments.publishing.publish",
        "def late():\n    from ..publishing import publish",
    ],
)
def test_an_upward_import_is_seen_however_it_is_written(line):
    path = PACKAGE / "models" / "invented.py"
    assert imported_rooms(path, line) == {"publishing"}
    assert LINE["publishing"] > LINE[room(path)]


def test_no_modules_import_each_other_in_a_circle():
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in SOURCES}
    named = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    needs = {
        name: {
            there
            for parts in imports(path)
            for there in (".".join(parts), ".".join(parts[:-1]))
            if there in named and there != name
        }
        for name, path in named.items()
    }
    while leaves := {name for name, others in needs.items() if not others & needs.keys()}:
        needs = {name: others for name, others in needs.items() if name not in leaves}
    assert not needs


def test_days_are_put_into_words_in_one_place():
    """Django's own words of a date have no Bangla digits."""
    own = PACKAGE / "language" / "active.py"
    others = [path for path in SOURCES if "date_format(" in path.read_text("utf-8")]
    assert others == [own]
