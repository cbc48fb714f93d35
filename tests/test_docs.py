"""What the documents promise to list."""

import re

from .conftest import ROOT


def test_every_variable_is_listed_once():
    sources = [ROOT / "iontoinfo" / "settings.py", ROOT / "deploy" / "gunicorn.conf.py"]
    text = "".join(source.read_text("utf-8") for source in sources)
    read = set(
        re.findall(r"(?:environ\.get|required|choice|number|directory)\(['\"](\w+)['\"]", text)
    )
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(read)
