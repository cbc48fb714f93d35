"""The staff's logins. An administrator gives roles; nobody can make themselves more than that."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ("username", "password", "first_name", "last_name", "email")}),
        (
            _("What this person may do"),
            {
                "fields": ("is_active", "groups"),
                "description": _(
                    "Editor: writes drafts. Reviewer: reviews and waives. Publisher: publishes and "
                    "withdraws. Administrator: everything, and these logins."
                ),
            },
        ),
    ]
    add_fieldsets = [(None, {"fields": ("username", "usable_password", "password1", "password2")})]

    def get_queryset(self, request):
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # this admin is the only thing to log in to
        super().save_model(request, obj, form, change)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The four roles are made by the program; here one sees what each may do."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
