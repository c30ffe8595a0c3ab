"""Every address on one page."""

from flask import Flask

from contest.audit import labels as audit_labels
from contest.audit.views import bp as audit_bp
from contest.web import health, menu, outbox


def install(app: Flask) -> None:
    """Register every feature's pages."""
    app.register_blueprint(audit_bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(outbox.bp)
    menu.add(*audit_labels.MENU)
