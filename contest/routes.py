"""Every address on one page."""

from flask import Flask

from contest.accounts.views import bp as accounts_bp
from contest.audit import labels as audit_labels
from contest.audit.views import bp as audit_bp
from contest.questions import labels as questions_labels
from contest.questions.views import bp as questions_bp
from contest.web import health, menu, outbox


def install(app: Flask) -> None:
    """Register every feature's pages."""
    app.register_blueprint(accounts_bp)
    app.register_blueprint(audit_bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(outbox.bp)
    app.register_blueprint(questions_bp)
    menu.add(*audit_labels.MENU)
    menu.add(*questions_labels.MENU)
