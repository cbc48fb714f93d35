"""What Django's admin finds: importing a module of `staff` registers what it shows."""

from .staff import audit_log, body_area, clinic, glossary, people, photo_removal, treatment

__all__ = ["audit_log", "body_area", "clinic", "glossary", "people", "photo_removal", "treatment"]
