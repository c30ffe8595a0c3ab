"""Static files: an address that changes with the content, served compressed and cacheable for ever."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

HASH_CHARACTERS = 10


def install(app: Flask) -> None:
    """Serve `static/` and make `url_for("static")` add the hash of the content to the address."""
    root = Path(app.static_folder or "")
    digests = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_CHARACTERS]
        for path in root.rglob("*")
        if path.is_file() and path.suffix not in {".br", ".gz"}
    }

    @app.url_defaults
    def _hash_static(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in digests:
            values["v"] = digests[values["filename"]]

    files = WhiteNoise(app.wsgi_app, max_age=31_536_000, add_headers_function=_harden)
    files.add_files(str(root), prefix="static/")
    app.wsgi_app = files  # type: ignore[method-assign]


def _harden(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
