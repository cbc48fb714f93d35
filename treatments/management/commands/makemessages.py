import os
from pathlib import Path

from django.conf import settings
from django.core.management.commands import makemessages

# Lines of the header that say nothing of ours, and the first of which changes every time.
WITHOUT = ('"POT-Creation-Date: ', '"Report-Msgid-Bugs-To: ')


class Command(makemessages.Command):
    help = (
        "Brings the catalogues in locale/ up to the words in the code. What has not changed stays "
        "as it is; what is new is empty: nothing is guessed from words that look alike."
    )
    msgmerge_options = [
        *makemessages.Command.msgmerge_options,
        "--no-fuzzy-matching",
        "--sort-by-file",  # and within a file by the words, wherever they move there
    ]

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
            ignore_patterns=["tests", "var"],
        )

    def handle(self, *args, **options):
        os.chdir(settings.BASE_DIR)  # below it, the words of all other folders would count as gone
        super().handle(*args, **options)

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = catalogue.read_text("utf-8").splitlines(keepends=True)
        kept = (line for line in lines if not line.startswith(WITHOUT))
        catalogue.write_text("".join(kept), "utf-8")
