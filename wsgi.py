"""The application for a WSGI server: `gunicorn wsgi:app`."""

import os

from contest.app import create_app
from contest.config import read_settings
from contest.web.ahead import compile_pages

app = create_app(read_settings(os.environ))
compile_pages(app)
