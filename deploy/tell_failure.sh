#!/bin/sh
# Says that a unit failed: in the journal as an alert, and by mail to root where the machine sends mail.
set -eu
unit=$1
subject="$unit failed on $(hostname)"
echo "$subject. What it said: journalctl --unit $unit" | systemd-cat --identifier=iontoinfo --priority=alert
if command -v sendmail >/dev/null; then
    {
        printf 'To: root\nSubject: %s\n\n' "$subject"
        journalctl --unit "$unit" --lines 30 --no-pager --output short-iso
    } | sendmail root
fi
