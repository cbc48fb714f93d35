"""A clinician reads one language of a treatment, and the page says so."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..language.digits import ascii_digits
from ..models import LANGUAGE_CHOICES, LANGUAGE_NAMES, LANGUAGES, Review, Snapshot, Treatment
from ..publishing.reviews import record_review
from ..publishing.snapshots import newest_snapshot
from .publication import REVIEW, log, page_context, redirect_to_treatment, require_permission

LONGEST = 3  # years until the next review at the latest


def add_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


class DayField(forms.DateField):
    """A date in either language's digits."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value):
        return super().to_python(ascii_digits(value) if isinstance(value, str) else value)


class ReviewForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=gettext_lazy("I have read"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )
    reviewed_on = DayField(label=gettext_lazy("Reviewed on"))
    next_due = DayField(label=gettext_lazy("Next review due"))

    class Meta:
        model = Review
        fields = ("language", "reviewer", "qualification", "reviewed_on", "next_due", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_reviewed_on(self):
        day = self.cleaned_data["reviewed_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day of the review cannot be in the future."))
        if add_years(day, LONGEST) < self.today:
            raise forms.ValidationError(_("A review is no older than three years."))
        return day

    def clean(self):
        cleaned = super().clean()
        day, due = cleaned.get("reviewed_on"), cleaned.get("next_due")
        if day and due and not day < due <= add_years(day, LONGEST):
            self.add_error("next_due", _("The next review is due within three years of this one."))
        return cleaned


def review_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    require_permission(request, REVIEW)
    context = page_context(model_admin, request, treatment, _("Review"))
    today = timezone.localdate()
    try:
        snapshot = newest_snapshot(treatment)
    except Snapshot.DoesNotExist:
        messages.error(request, _("Save the treatment first."))
        return redirect_to_treatment(treatment)
    choices = _choices(treatment, snapshot)
    if request.method == "POST":
        form = ReviewForm(request.POST, today=today)
        read = next(
            (row for row in choices if str(row.pk) == request.POST.get("snapshot", "")), None
        )
        if read is None:
            context["error"] = _(
                "Somebody saved this treatment since you opened this page. Read it again, then "
                "record your review."
            )
        elif form.is_valid():
            language = form.cleaned_data["language"]
            values = {name: form.cleaned_data[name] for name in ReviewForm.Meta.fields[1:]}
            record_review(read, language, now=timezone.now(), by=request.user, **values)
            messages.success(
                request, _("The review of the %(language)s words is recorded.")
                % {"language": LANGUAGE_NAMES[language]},
            )  # fmt: skip
            log(request, treatment, f"Reviewed {language}")
            return redirect_to_treatment(treatment)
    else:
        earlier = Review.objects.filter(recorded_by=request.user).first()
        form = ReviewForm(
            today=today,
            initial={
                "reviewer": earlier.reviewer if earlier else request.user.get_full_name(),
                "qualification": earlier.qualification if earlier else "",
                "reviewed_on": today,
                "next_due": add_years(today, LONGEST),
            },
        )
    context |= {
        "form": form,
        "snapshot": snapshot,
        "choices": choices,
        "languages": LANGUAGES,
        "reviews": treatment.reviews.select_related("recorded_by"),
    }
    return TemplateResponse(request, "staff/treatment/review.html", context)


def _choices(treatment: Treatment, newest: Snapshot) -> list[Snapshot]:
    """What may be reviewed: the draft, and what is live."""
    live = treatment.publications.live(timezone.now()).select_related("snapshot")
    rows = {newest.pk: newest} | {each.snapshot_id: each.snapshot for each in live}
    return list(rows.values())
