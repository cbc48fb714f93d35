"""What staff see. One file an audience: writers, whoever publishes, the clinic's front desk."""

from . import clinic, glossary, treatment

__all__ = ["clinic", "glossary", "treatment"]
