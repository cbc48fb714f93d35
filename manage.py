#!/usr/bin/env python
import os
import sys


def main():
    settings = "iontoinfo.dev" if sys.argv[1:2] == ["runserver"] else "iontoinfo.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
