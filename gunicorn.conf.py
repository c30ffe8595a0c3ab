"""How gunicorn serves `wsgi:app`, from the settings of the environment."""

import os
from pathlib import Path

from contest.config import read_settings

_settings = read_settings(os.environ)
_memory = Path("/dev/shm")  # noqa: S108 # a worker's sign of life must not wait for a disk

bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
workers = _settings.web_workers
threads = _settings.web_threads
worker_class = "gthread"
preload_app = True  # read the code once; no connection is opened before the workers are forked
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
timeout = 60
graceful_timeout = 30
control_socket_disable = True
