"""Uploading a photo on the change page of its treatment."""

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from ..models import Picture
from ..photos.processing import MAX_BYTES, PhotoRefused, make_renditions
from ..photos.storage import NotKept, StaysRemoved, store_photo
from .treatment_forms import ItemForm


def process_upload(request: HttpRequest) -> None:
    """Turns the file of a photo's form into a picture: before the request's transaction is begun,
    because a photo takes a second or two, and meanwhile nobody else could save.

    What was chosen as `upload` is then named as `image`, as if it had always been there: so a form
    that is refused for another reason still has its photo. What cannot be taken carries the reason
    to its field.
    """
    file = request.FILES.get("upload")
    if not file or not file.size or not request.user.has_perm("treatments.add_photo"):
        return
    try:
        photo = make_renditions(file.read(MAX_BYTES + 1))
        picture = store_photo(photo, now=timezone.now(), by=request.user)
    except PhotoRefused as refusal:
        file.refusal = str(refusal)
    except StaysRemoved:
        file.refusal = gettext(
            "This very photo was removed everywhere, and is not shown again. Choose another one."
        )
    except NotKept:
        file.refusal = gettext(
            "The photo could not be kept: there may be no room left on the server."
        )
    else:
        request.POST = request.POST.copy()
        request.POST["image"] = picture.name


class PhotoInput(forms.FileInput):
    template_name = "staff/treatment/photo_input.html"
    picture: Picture | None = None  # what is shown now

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"picture": self.picture}


class UploadField(forms.FileField):
    widget = PhotoInput

    def clean(self, data, initial=None):
        if refusal := getattr(data, "refusal", ""):
            raise forms.ValidationError(refusal)
        return super().clean(data, initial)


class PhotoForm(ItemForm):
    image = forms.CharField(label=gettext_lazy("Photo"), required=False, widget=forms.HiddenInput)
    upload = UploadField(
        required=False,
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, at least 480 pixels wide, at most 15 MB. Where and when it was "
            "taken is removed. Show nobody who could be recognised and has not agreed in writing."
        ),
        widget=PhotoInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )

    class Meta:
        exclude = ("width", "height")  # they are the picture's

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.picture = self._picture(self["image"].value())
        self.fields["upload"].widget.picture = self.picture

    def _picture(self, name: str | None) -> Picture | None:
        if not name:
            return None
        if name == self.instance.image:  # no query, and no row needed: an item says its size itself
            return Picture(name=name, width=self.instance.width, height=self.instance.height)
        return Picture.objects.filter(name=name, removed_at=None).first()

    def clean(self):
        cleaned = super().clean()
        if self.picture:
            self.instance.width, self.instance.height = self.picture.width, self.picture.height
        elif "upload" not in self.errors and cleaned.get("image"):
            self.add_error("upload", gettext("This photo is no longer there. Choose it again."))
        elif "upload" not in self.errors:
            self.add_error("upload", gettext("Choose a photo."))
        return cleaned
