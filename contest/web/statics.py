"""Static files: an address that changes with the release, served compressed and cacheable for ever.

The digest stands in the path, so that what a sheet or a script refers to relatively changes with it.
"""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

DIGEST_CHARACTERS = 10
COMPRESSED = frozenset({".br", ".gz"})


def address(folder: Path) -> str:
    """The path under which this release's files are served: `/static/<digest of all of them>`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in COMPRESSED:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/static/{digest.hexdigest()[:DIGEST_CHARACTERS]}"


def install(app: Flask) -> None:
    """Serve the folder in front of the application; what was compressed before its source changed is not served."""
    _forget_older_copies(Path(str(app.static_folder)))
    files = WhiteNoise(app.wsgi_app, add_headers_function=_harden, immutable_file_test=lambda _path, _url: True)
    files.add_files(str(app.static_folder), prefix=str(app.static_url_path).lstrip("/"))
    app.wsgi_app = files  # type: ignore[method-assign]


def _forget_older_copies(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.suffix in COMPRESSED:
            with suppress(OSError):  # gone meanwhile, or a folder that is only read
                if path.stat().st_mtime < path.with_suffix("").stat().st_mtime:
                    path.unlink()


def _harden(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
