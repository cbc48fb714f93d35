"""What staff see. One file an audience: writers, whoever publishes, the clinic's front desk."""

from . import body_area, clinic, glossary, people, treatment

__all__ = ["body_area", "clinic", "glossary", "people", "treatment"]
