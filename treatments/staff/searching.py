from django.db.models import QuerySet
from django.http import HttpRequest

from ..language.text import one_line


class StoredFormSearch:
    """A list of the admin whose search finds a word however a keyboard composes its letters."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, one_line(search_term))
