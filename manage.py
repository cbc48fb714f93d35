#!/usr/bin/env python
import os
import sys


def main():
    module = "iontoinfo.dev" if sys.argv[1:2] == ["runserver"] else "iontoinfo.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", module)
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads them
    except ImproperlyConfigured as error:
        sys.exit(f"Error: {error}")
    try:
        execute_from_command_line(sys.argv)
    except BaseException as error:
        from iontoinfo.failure_mail import tell_of_command

        tell_of_command(error, " ".join(sys.argv[1:2]))
        raise


if __name__ == "__main__":
    main()
