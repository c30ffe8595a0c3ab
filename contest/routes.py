"""Every address on one page."""

from flask import Flask


def install(app: Flask) -> None:
    """Register every feature's pages."""
