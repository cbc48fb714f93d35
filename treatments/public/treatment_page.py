"""What the treatment template is given. One place for the public page and the admin's preview."""

from django.utils.translation import gettext as _

from ..document.answers import answers
from ..document.content import Edition
from ..document.page_sections import page_sections
from ..document.sections import BY_KEY, PROSE
from ..document.to_confirm import Marks
from ..language.active import date_in_words
from ..models import Clinic, Publication


def treatment_context(
    edition: Edition, *, slug: str, clinic: Clinic, publication: Publication | None = None
) -> dict[str, object]:
    """`publication` is what these words are live by, or were; a draft has none."""
    return {
        "slug": slug,
        "edition": edition,
        "prose": edition.prose,
        "plan": edition.plan,
        "answers": answers(edition),
        "sections": page_sections(edition),
        "marks": Marks(),
        "body_areas": [name for name in edition.body_areas.values() if name],
        "clinic": clinic,
        "publication": publication,
        "published_at": publication.live_from if publication else None,
        "review": publication.review if publication else None,
        "review_words": review_sentence(publication),
    }


def review_sentence(publication: Publication | None) -> str:
    """Whether a clinician has read these words, in a sentence in the active language.

    The publication comes with its reviews; a preview has none.
    """
    review = publication.review if publication else None
    if review:
        return _(
            "Last reviewed on %(day)s by %(who)s, %(qualification)s. Next review due: %(due)s."
        ) % {
            "day": date_in_words(review.reviewed_on),
            "who": review.reviewer,
            "qualification": review.qualification,
            "due": date_in_words(review.next_due),
        }
    earlier = publication.earlier_review if publication else None
    if earlier:
        return _(
            "A clinician reviewed an earlier version on %(day)s. Changed since then: %(parts)s."
        ) % {
            "day": date_in_words(earlier.reviewed_on),
            "parts": ", ".join(map(_part_name, publication.changed_since_review)),
        }
    return _("Not yet reviewed by a clinician")


def _part_name(key: str) -> str:
    if key in BY_KEY:
        return str(BY_KEY[key].heading)
    return str(PROSE.get(key) or _("Key facts"))
