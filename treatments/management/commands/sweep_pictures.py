from django.core.management.base import BaseCommand
from django.utils import timezone

from treatments.photos.storage import delete_unused


class Command(BaseCommand):
    help = (
        "Removes uploaded pictures that no treatment and no saved version shows. What was uploaded "
        "within the last day stays."
    )

    def handle(self, **options):
        removed = delete_unused(now=timezone.now())
        self.stdout.write(f"{len(removed)} files removed.")
