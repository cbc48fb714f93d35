"""Filling in the admin's change page in tests, as a browser would send it."""

from bs4 import BeautifulSoup


def form_data(html: bytes | str, form_id: str) -> dict[str, str | list[str]]:
    """Every field of a form with the value it shows."""
    if isinstance(html, bytes):
        html = html.decode()  # as the header says; a guess from the letters can be wrong
    form = BeautifulSoup(html, "html.parser").find("form", id=form_id)
    data: dict[str, str | list[str]] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.get("type") in ("submit", "button", "file"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            value = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            value = field.get_text().removeprefix("\n")
        elif field.get("type") in ("checkbox", "radio"):
            if not field.has_attr("checked"):
                continue
            value = field.get("value", "on")
        else:
            value = field.get("value", "")
        if name in data:
            earlier = data[name]
            data[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        else:
            data[name] = value
    return data


def item_field(data: dict, prefix: str, key: str, value: str, field: str) -> str:
    """The name of an item's field, the item being found by what another of its fields says."""
    for name, said in data.items():
        if name.startswith(f"{prefix}-") and name.endswith(f"-{key}") and said == value:
            return name.removesuffix(key) + field
    raise AssertionError(f"no {prefix} whose {key} is {value!r}")
