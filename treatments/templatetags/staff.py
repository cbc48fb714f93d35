import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django import forms, template
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..document.diff import ADDED, REMOVED, SAME, Span
from ..language.active import date_in_words, in_active_digits, marked_english

register = template.Library()

MARKS = {SAME: "{}", REMOVED: "<del>{}</del>", ADDED: "<ins>{}</ins>"}


@register.simple_tag(takes_context=True)
def media_with_nonce(context, media: forms.Media) -> SafeString | forms.Media:
    """A form's media; the editor's carry an inline import map, which the policy lets through."""
    if hasattr(media, "with_nonce"):
        return media.with_nonce(str(context["request"].csp_nonce))
    return media


# What stands in quotation marks, in the letters of English or in digits alone.
_QUOTED = re.compile(r"“[^”\u0980-\u09ff]*”")


@register.filter
def quoting(text: str) -> SafeString:
    """A sentence in the reader's language, the English that it quotes marked as such."""
    marked = _QUOTED.sub(lambda quote: f'<span lang="en">{quote[0]}</span>', escape(text))
    return mark_safe(marked if get_language() == "bn" else escape(text))


register.filter(marked_english)


@register.filter
def what_changed(entry: LogEntry) -> str:
    """What Django's log says of a change. It keeps labels in English, and knows only whole ones."""
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return entry.change_message and _(entry.change_message)
    for part in parts:
        for change in part.values():
            if "fields" in change:  # Django's own entry for what was added has none
                change["fields"] = list(map(_label, change["fields"]))
    return LogEntry(change_message=json.dumps(parts)).get_change_message()


def _label(english: str) -> str:
    """ "Name of the clinic · English" in the reader's language."""
    words = english.split(" · ")
    return capfirst(" · ".join(_(word) if _(word) != word else _(_lower(word)) for word in words))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


@register.simple_tag
def clash_of(clashes: Mapping, field: forms.BoundField):
    """What somebody else has written into a field meanwhile; None where nobody has."""
    if not clashes:
        return None
    language = field.form.prefix if field.form.prefix else ""
    return clashes.get(language or field.name.removesuffix("_min"))  # an amount is one


@register.filter
def when(moment: datetime) -> str:
    """A moment as people say it: without the day where that is today."""
    moment = timezone.localtime(moment)
    if moment.date() == timezone.localdate():
        return _("today %(time)s") % {"time": date_in_words(moment, "H:i")}
    return date_in_words(moment, "j F Y, H:i")


@register.filter
def how_far(entries: Collection) -> str:
    """How many entries of a group of the publish page are confirmed."""
    numbers = {"done": sum(entry.is_done for entry in entries), "all": len(entries)}
    return in_active_digits(_("%(done)s of %(all)s done") % numbers)


def _marked(spans: Iterable[Span]) -> SafeString:
    return mark_safe("".join(map(_span, spans)))


def _span(span: Span) -> SafeString:
    words = format_html(MARKS[span.kind], span.text)
    return format_html('<mark class="m{}">{}</mark>', span.mark, words) if span.mark else words


@register.filter
def compared(spans: Iterable[Span]) -> SafeString:
    """Two texts in one: what was taken out and what was put in is marked."""
    return _marked(spans) or mark_safe('<span class="quiet">–</span>')


@register.filter
def asked(spans: Iterable[Span]) -> SafeString:
    """What one side says, what is new in it marked."""
    said = _marked(span for span in spans if span.kind != REMOVED)
    return said or format_html("<em>{}</em>", _("nothing"))
