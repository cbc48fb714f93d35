"""Words of Django's own that staff see, and whose Bangla it lacks or has in other words than ours.

Here only so that `make messages` keeps them in our catalogue, which Django asks first.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS = (
    # The frame of every page
    _("Skip to main content"),
    _("Breadcrumbs"),
    _("Welcome,"),
    _("View site"),
    _("Change password"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    _("Toggle navigation"),
    _("Sidebar"),
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("Models in the %(name)s application"),
    _("Authentication and Authorization"),
    _("%(app)s administration"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Recent actions"),
    _("My actions"),
    _("None available"),
    _("You don’t have permission to view or edit anything."),
    # Lists
    _("Action:"),
    _("Run the selected action"),
    _("Go"),
    _("Search"),
    _("Filter"),
    _("Hide counts"),
    _("Show counts"),
    _("Show all"),
    _("Clear all filters"),
    _(" By %(filter_title)s "),
    _("0 of %(cnt)s selected"),
    _("Select all objects on this page for an action"),
    _("Select this object for an action - {}"),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("No action selected."),
    _("Delete selected %(verbose_name_plural)s"),
    _("%(full_result_count)s total"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("View %s"),
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected"),
    ngettext_lazy("%(counter)s result", "%(counter)s results"),
    ngettext_lazy("entry", "entries"),
    # Forms
    _("Add %s"),
    _("Add %(name)s"),
    _("Change %s"),
    _("Add another %(verbose_name)s"),
    _("Save"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Close"),
    _("Remove"),
    _("Image"),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid URL."),
    _("Enter a valid integer."),
    _("Null characters are not allowed."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("“%(pk)s” is not a valid value."),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("Constraint “%(name)s” is violated."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("You may edit it again below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    ngettext_lazy("Please correct the error below.", "Please correct the errors below."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    ngettext_lazy(
        "%(count)s %(name)s was changed successfully.",
        "%(count)s %(name)s were changed successfully.",
    ),
    # Deleting
    _("Objects"),
    _("Are you sure?"),
    _("Yes, I’m sure"),
    _("No, take me back"),
    _("Cannot delete %(name)s"),
    _("Delete multiple objects"),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Successfully deleted %(count)d %(items)s."),
    _("%(from)s-%(to)s relationship"),
    _("%(from)s-%(to)s relationships"),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All of the '
        "following related items will be deleted:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following "
        "objects and their related items will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related "
        "objects, but your account doesn't have permission to delete the following types of "
        "objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but "
        "your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the following "
        "protected related objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would require deleting the following protected "
        "related objects:"
    ),
    # What somebody did
    _("Change history: %s"),
    _("Date/time"),
    _("User"),
    _("Action"),
    _("Addition"),
    _("Deletion"),
    _("Added."),
    _("Added {name} “{object}”."),
    _("Changed {fields}."),
    _("Changed {fields} for {name} “{object}”."),
    _("Deleted {name} “{object}”."),
    _("No fields changed."),
    _(", "),
    _(
        "This object doesn’t have a change history. It probably wasn’t added via this admin site."
    ),
    # Logins and passwords
    _("user"),
    _("users"),
    _("username"),
    _("first name"),
    _("last name"),
    _("Email"),
    _("email address"),
    _("active"),
    _("group"),
    _("groups"),
    _("Password"),
    _("Set password"),
    _("Set password: %s"),
    _("Change password: %s"),
    _("Date:"),
    _("Time:"),
    _("Reset password"),
    _("The two password fields didn’t match."),
    _("Enter the same password as before, for verification."),
    _("This password is too common."),
    _("This password is entirely numeric."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    _("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
    _("A user with that username already exists."),
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Enable password-based authentication for this user by setting a password."),
    _(
        "The groups this user belongs to. A user will get all permissions granted to each of "
        "their groups."
    ),
    _(
        "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ "
        "characters."
    ),
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both "
        "fields may be case-sensitive."
    ),
    _(
        "Please enter your old password, for security’s sake, and then enter your new password "
        "twice so we can verify you typed it in correctly."
    ),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. Would "
        "you like to login to a different account?"
    ),
    _("Thanks for spending some quality time with the web site today."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)  # fmt: skip

SCRIPT_WORDS = (
    _("%(sel)s of %(cnt)s selected"),
    _(
        "You have unsaved changes on individual editable fields. If you run an action, your "
        "unsaved changes will be lost."
    ),
    # The editor's
    _("unordered list"),
    _("ordered list"),
    _("List properties"),
    _("bold"),
    _("insert link"),
    _("remove link"),
    _("undo"),
    _("redo"),
    _("Edit Link"),
    _("URL"),
    _("Title"),
    _("Open in new window"),
    _("Update"),
    _("Cancel"),
    _("List type"),
    _("Start at"),
    _("Bullets"),
    _("Decimal numbers"),
)
