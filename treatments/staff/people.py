"""The staff's logins. An administrator gives roles; nobody can make themselves more than that.

Whatever is sent here, somebody is left who can log in and give others their logins.
"""

from collections.abc import Iterable
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..language.active import in_active_digits
from ..language.text import one_line
from ..models import AuthenticatorApp, NewDevice, Passkey, RecoveryCode, Session
from ..roles import MANAGE_LOGINS, ROLE_WORDS
from . import second_factor, sessions
from .entrance import redirect_to_confirm
from .password_hashing import PATIENCE, hashing_slot, without_waiting
from .searching import StoredFormSearch

# Their names are words of the program, and kept in English.
ROLE_NAMES = [_("Editor"), _("Reviewer"), _("Publisher"), _("Administrator")]
Group.__str__ = lambda role: gettext(role.name)

admin.site.unregister(User)
admin.site.unregister(Group)

NOBODY_LEFT = _(
    "Nobody else can look after the logins, so this was not changed. Make another person "
    "administrator first, with a password."
)


def active_administrators() -> tuple[QuerySet[User], QuerySet[User]]:
    """Who may look after the logins, and who of them can log in."""
    people = User.objects.with_perm(MANAGE_LOGINS).filter(is_staff=True)
    return people, people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_needed(person: User) -> bool:
    """Whether without this person nobody could look after the logins any more."""
    return any(
        people.filter(pk=person.pk).exists() and not people.exclude(pk=person.pk).exists()
        for people in active_administrators()
    )


def gives_right(groups: Iterable[Group]) -> bool:
    app, codename = MANAGE_LOGINS.split(".")
    return any(
        group.permissions.filter(content_type__app_label=app, codename=codename).exists()
        for group in groups
    )


def _leave_if_gone(request: HttpRequest) -> None:
    """Whoever deleted her own login has deleted her session with it."""
    if not User.objects.filter(pk=request.user.pk).exists():
        request.session.flush()


class RolesField(forms.ModelMultipleChoiceField):
    """The roles, each with a line of what it may do."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        words = ROLE_WORDS.get(group.name, "")
        return format_html("<strong>{}</strong> <span>{}</span>", group, words)


class StaffChangeForm(UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_superuser and "groups" in self.fields:
            self.fields["groups"].help_text = _(
                "This login may do everything, whatever is ticked here: it was made as a "
                "superuser. A new Administrator instead of it may do all that staff do."
            )

    def clean(self):
        cleaned = super().clean()
        person = self.instance
        if "is_active" in cleaned and not cleaned["is_active"]:
            field = "is_active"
        elif "groups" in cleaned and not person.is_superuser and not gives_right(cleaned["groups"]):
            field = "groups"
        else:
            return cleaned
        if is_needed(person):
            self.add_error(field, NOBODY_LEFT)
        return cleaned


class StaffPasswordForm(AdminPasswordChangeForm):
    """Sets a password. Django's would also take it away, for sites with another way to log in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


def keep_an_administrator(view):
    """A view of the logins that takes back what it did if nobody is left to look after them.

    The forms say so at the field; this holds for every way there is, and for two people at once.
    """

    @wraps(view)
    def method(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(self, request, *args, **kwargs)
        with hashing_slot(PATIENCE), without_waiting(), transaction.atomic():
            list(User.objects.select_for_update().order_by("pk"))  # others wait here
            session = dict(request.session.items())
            before = [people.exists() for people in active_administrators()]
            response = view(self, request, *args, **kwargs)
            after = [people.exists() for people in active_administrators()]
            if not any(there and not left for there, left in zip(before, after, strict=True)):
                return response
            transaction.set_rollback(True)
        request.session.update(session)
        request.session.cycle_key()  # a new password had begun one, which is taken back as well
        list(messages.get_messages(request))  # what was done, which is no longer true
        messages.error(request, NOBODY_LEFT)
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    return method


@admin.register(User)
class StaffAdmin(StoredFormSearch, UserAdmin):
    form = StaffChangeForm
    add_form = UserCreationForm
    change_password_form = StaffPasswordForm
    change_user_password_template = "staff/password_of.html"
    list_display = ("username", "first_name", "last_name", "roles", "may_log_in")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    readonly_fields = ("second_step",)
    change_form_template = "staff/person.html"
    fieldsets = [
        (
            None,
            {"fields": ("username", "password", "second_step", "first_name", "last_name", "email")},
        ),
        (
            _("What this person may do"),
            {
                "fields": ("is_active", "groups"),
                "description": _(
                    "Tick one role or more. Without any, this person sees nothing but a page that "
                    "says so."
                ),
            },
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Who it is"), {"fields": ("first_name", "last_name", "email")}),
        (_("What this person may do"), {"fields": ("groups",)}),
    ]

    class Media:
        css = {"all": ["css/people.css"]}

    changelist_view = keep_an_administrator(UserAdmin.changelist_view)
    add_view = keep_an_administrator(UserAdmin.add_view)
    change_view = keep_an_administrator(UserAdmin.change_view)
    delete_view = keep_an_administrator(UserAdmin.delete_view)

    user_change_password = keep_an_administrator(UserAdmin.user_change_password)

    def get_urls(self):
        reset = self.admin_site.admin_view(self.reset_second_factor)
        return [
            path("<int:pk>/second-step/", reset, name="auth_user_reset_second_factor"),
            *super().get_urls(),
        ]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For a lost phone; her own, an administrator changes under “How you sign in”."""
        if not self.has_change_permission(request) or pk == request.user.pk:
            raise PermissionDenied
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        if not sessions.is_confirmed(request):
            return redirect_to_confirm(request.path)
        if request.method == "POST":
            second_factor.reset(person, by=request.user)
            text = _(
                "The second step of “%(name)s” is reset, and %(name)s is signed out everywhere."
            )
            messages.success(request, text % {"name": person})
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reset the second step"),
            "person": person,
            "opts": self.opts,
        }
        return TemplateResponse(request, "staff/reset_second_factor.html", context)

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(Group.objects.order_by("pk"), label=_("Roles"), required=False)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "email":
            field.help_text = _(
                "May stay empty. Where the site sends mail, a Reviewer is told here, once a day at "
                "most, what waits to be read. Without an address, a forgotten password needs an "
                "administrator, and no mail warns of a login on a new device."
            )
        return field

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        if person.is_superuser:
            return _("may do everything")
        return ", ".join(str(group) for group in person.groups.all()) or _("no role yet")

    @admin.display(description=_("Second step"))
    def second_step(self, person: User) -> str:
        """What she has beside the password, and no more of it than that."""
        passkeys = Passkey.objects.filter(person=person).count()
        has = [
            passkeys and in_active_digits(gettext("passkeys: %d") % passkeys),
            AuthenticatorApp.objects.filter(person=person).exists()
            and gettext("authenticator app"),
        ]
        return ", ".join(filter(None, has)) or gettext("none yet")

    @admin.display(description=_("active"), ordering="is_active")
    def may_log_in(self, person: User) -> str:
        return _("yes") if person.is_active else _("no")

    def get_deleted_objects(self, objs, request):
        """Without the rows that have no name in any language: what ties people to roles, and what
        somebody signs in with."""
        listed, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        nameless = [
            model._meta
            for model in (User.groups.through, AuthenticatorApp, RecoveryCode, Session, NewDevice)
        ]
        kinds = tuple(f"{capfirst(meta.verbose_name)}:" for meta in nameless)
        named = [
            [row for row in entry if not str(row).startswith(kinds)]
            if isinstance(entry, list)
            else entry
            for entry in listed
        ]
        for meta in nameless:
            counts.pop(str(meta.verbose_name_plural), None)
        return named, counts, forbidden, protected

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # this admin is the only thing to log in to
        obj.first_name, obj.last_name = one_line(obj.first_name), one_line(obj.last_name)
        super().save_model(request, obj, form, change)
        if obj == request.user and not obj.is_active:
            request.session.flush()  # which has ended with all others

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        _leave_if_gone(request)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        _leave_if_gone(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        if person.is_active and not (person.is_superuser or person.groups.exists()):
            told = _("“%(name)s” has no role yet, and sees nothing. Tick one.")
            messages.warning(request, told % {"name": person})


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The four roles are made by the program; here one sees what each may do."""

    list_display = ("role", "words")
    search_fields = ()
    fields = readonly_fields = ("role", "words")

    @admin.display(description=_("name"))
    def role(self, group: Group) -> str:
        return str(group)

    @admin.display(description=_("may"))
    def words(self, group: Group) -> str:
        return ROLE_WORDS.get(group.name, "")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
