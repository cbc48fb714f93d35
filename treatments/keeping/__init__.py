"""Keeping what the site has: backups, the way back, another database, and whether all is whole."""


class KeepingError(Exception):
    """Something cannot be kept or brought back; the message says why, and what to do.

    It quotes files and programs, and goes to a terminal: nothing in it is an order to that.
    """

    status = 1  # that the command ends with

    def __init__(self, message: str):
        super().__init__("".join(each if each.isprintable() else "?" for each in message))


class Stopped(KeepingError):
    """Somebody has pressed Ctrl-C."""

    status = 130
