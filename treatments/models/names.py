"""Who did what, by name: it outlives the login."""

from django.db import models

LONGEST = 301  # letters of a first and a last name


def name_of(person: models.Model | None) -> str:
    """As staff know them: first and last name, or else the login's; "" for nobody."""
    return person.get_full_name() or person.get_username() if person else ""


def name_with_login(person: models.Model | None) -> str:
    """So that two of the same name are told apart: “Rina Akter (rina7)”; at most as a NameOf."""
    name, login = name_of(person), person.get_username() if person else ""
    if name == login:
        return login
    login = f" ({login})"
    return name[: LONGEST - len(login)] + login


class NameOf(models.CharField):
    """The name of whoever another column points at, as it was when the row was last written.

    Deleting the login empties that column and leaves the name.
    """

    def __init__(self, person: str = "", **options):
        self.person = person
        super().__init__(
            **{"max_length": LONGEST, "blank": True, "default": "", "editable": False} | options
        )

    def deconstruct(self):
        name, _path, _args, options = super().deconstruct()
        return name, "django.db.models.CharField", [], options

    def clone(self):
        _name, _path, _args, options = self.deconstruct()
        return NameOf(self.person, **options)

    def pre_save(self, instance, add):
        if getattr(instance, f"{self.person}_id"):
            setattr(instance, self.attname, name_of(getattr(instance, self.person)))
        return super().pre_save(instance, add)
