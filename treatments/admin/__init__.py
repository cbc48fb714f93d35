"""What staff see. One file an audience: writers, whoever publishes, the clinic's front desk."""

from . import clinic, glossary, people, pictures, treatment

__all__ = ["clinic", "glossary", "people", "pictures", "treatment"]
