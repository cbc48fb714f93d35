"""What staff see. One file an audience: writers, whoever publishes, the clinic's front desk."""

from . import clinic, glossary, people, treatment

__all__ = ["clinic", "glossary", "people", "treatment"]
