"""Changes what patients read, as staff would, and says each time what they are to read from then on.

    python - HOW_OFTEN < edits.py | watch.py …

Prints a JSON line an edit: the clinic's name, whether a treatment is live, and two Unix times: `begun`, when
that began to be saved, and `saved`. To be run where manage.py is.
"""

import json
import os
import sys
import time

import django

sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iontoinfo.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from treatments.models import Clinic  # noqa: E402

SLUG = "iontophoresis-at-home"
REST = 1.6  # seconds: longer than what was saved may take to show

is_live = True
for number in range(1, int(sys.argv[1]) + 1):
    begun = time.time()
    if number % 3:
        clinic = Clinic.objects.get()
        clinic.name_en = f"Edit {number}"
        clinic.save()
    else:
        is_live = not is_live
        call_command("publish" if is_live else "withdraw", SLUG, stdout=sys.stderr)
    times = {"begun": begun, "saved": time.time()}
    print(
        json.dumps({"name": Clinic.objects.get().name_en, "is_live": is_live} | times), flush=True
    )
    time.sleep(REST)
