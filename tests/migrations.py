"""The site's own migrations, as modules."""

from importlib import import_module
from types import ModuleType

from .conftest import ROOT


def newest() -> tuple[str, str]:
    """The names of the newest migration, and of the one before it."""
    files = sorted((ROOT / "treatments" / "migrations").glob("[0-9]*.py"))
    return files[-1].stem, files[-2].stem


def migration(name: str) -> ModuleType:
    """The module of a migration, found by its name without the number."""
    (path,) = (ROOT / "treatments" / "migrations").glob(f"[0-9]*_{name}.py")
    return import_module(f"treatments.migrations.{path.stem}")
