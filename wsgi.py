"""The application for a WSGI server: `gunicorn wsgi:app`."""

import os

from contest.app import create_app
from contest.config import read_settings

app = create_app(read_settings(os.environ))
