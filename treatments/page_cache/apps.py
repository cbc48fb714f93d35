from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    """An app of its own, without models, because it watches what those of `treatments` write."""

    name = "treatments.page_cache"

    def ready(self):
        from . import invalidation

        invalidation.connect_signals()
