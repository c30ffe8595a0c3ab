"""The sweep that marks, as `contest work` runs it, in a process of its own: once for each line that comes in."""

import os
import sys

from contest import scheduler
from contest.app import create_app
from contest.config import read_settings

app = create_app(read_settings(os.environ))
[sweep] = [each for each in scheduler.SWEEPS if each.name == "mark attempts"]
with app.app_context():
    for _line in sys.stdin:
        scheduler.run_sweep(sweep, lambda: True)
        print("marked", flush=True)
