"""A copy of the tree, to be edited and run apart from the tests."""

import os
import shutil
import sys
from pathlib import Path

from .conftest import ROOT

FOLDERS = ("treatments", "iontoinfo", "templates", "static", "locale", "fixtures")
FROM_OUTSIDE = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
LOCAL = {
    "IONTOINFO_MODE": "local",
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
}


def clone_into(folder: Path) -> Path:
    """With the packages of the tests, and with nothing that was written by running it."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    for name in ("manage.py", "Makefile"):
        shutil.copy(ROOT / name, folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder
