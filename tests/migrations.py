"""The site's own migrations, as modules."""

from importlib import import_module
from types import ModuleType

from .conftest import ROOT


def migration(name: str) -> ModuleType:
    """The module of a migration, found by its name without the number."""
    (path,) = (ROOT / "treatments" / "migrations").glob(f"[0-9]*_{name}.py")
    return import_module(f"treatments.migrations.{path.stem}")
