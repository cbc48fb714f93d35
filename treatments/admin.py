"""What Django's admin finds: importing a module of `staff` registers what it shows."""

from .staff import body_area, clinic, glossary, people, treatment

__all__ = ["body_area", "clinic", "glossary", "people", "pictures", "treatment"]
