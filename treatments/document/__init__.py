"""The content of a treatment is one document, and a page goes live as a frozen copy of it."""

from .content import SCHEMA, Document, Edition, in_language
from .json_form import DocumentError, parse

__all__ = ["SCHEMA", "Document", "DocumentError", "Edition", "in_language", "parse"]
