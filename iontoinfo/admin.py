from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class StaffAdminConfig(SimpleAdminConfig):
    """The admin's pages are registered where its addresses are asked for (urls.py).

    A command that needs none of them starts in a third of the time, and a worker reads them in
    while it already answers from finished pages.
    """

    default_site = "treatments.staff.site.StaffSite"

    def ready(self):
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_registered, checks.Tags.admin)
        # What happens to logins is recorded by a command as well.
        from treatments.staff import login_events  # noqa: F401


def check_registered(app_configs, **options) -> list[checks.CheckMessage]:
    autodiscover()
    return check_admin_app(app_configs, **options)
