"""The checks between the two languages: an explicit, ordered list."""

from .base import ADVICE, BLOCKING, Check, Finding, GlossaryTerm, Subject

CHECKS: tuple[Check, ...] = ()


def findings(subject: Subject) -> list[Finding]:
    """All findings, in the order of the checks."""
    return [finding for check in CHECKS for finding in check.find(subject)]


__all__ = ["ADVICE", "BLOCKING", "CHECKS", "Check", "Finding", "GlossaryTerm", "Subject", "findings"]
