"""Every address on one page."""

from flask import Flask

from contest.accounts.views import bp as accounts_bp
from contest.approvals import labels as approvals_labels
from contest.approvals.views import bp as approvals_bp
from contest.audit import labels as audit_labels
from contest.audit.views import bp as audit_bp
from contest.contests import labels as contests_labels
from contest.contests.views import BLUEPRINTS as CONTESTS_BLUEPRINTS
from contest.corrections import labels as corrections_labels
from contest.corrections.views import bp as corrections_bp
from contest.entries import labels as entries_labels
from contest.entries.views import bp as entries_bp
from contest.judging import labels as judging_labels
from contest.judging.views import bp as judging_bp
from contest.notices import labels as notices_labels
from contest.notices.views import bp as notices_bp
from contest.participation import labels as participation_labels
from contest.participation.views import blueprints as participation_blueprints
from contest.publication.views import BLUEPRINTS as PUBLICATION_BLUEPRINTS
from contest.questions import labels as questions_labels
from contest.questions.views import bp as questions_bp
from contest.quiz import labels as quiz_labels
from contest.quiz.views import BLUEPRINTS as QUIZ_BLUEPRINTS
from contest.standings import labels as standings_labels
from contest.standings.views import bp as standings_bp
from contest.web import health, menu, outbox


def install(app: Flask) -> None:
    """Register every feature's pages."""
    app.register_blueprint(accounts_bp)
    app.register_blueprint(approvals_bp)
    app.register_blueprint(audit_bp)
    for contests_bp in CONTESTS_BLUEPRINTS:
        app.register_blueprint(contests_bp)
    app.register_blueprint(entries_bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(judging_bp)
    app.register_blueprint(notices_bp)
    app.register_blueprint(outbox.bp)
    for participation_bp in participation_blueprints:
        app.register_blueprint(participation_bp)
    app.register_blueprint(questions_bp)
    for quiz_bp in QUIZ_BLUEPRINTS:
        app.register_blueprint(quiz_bp)
    app.register_blueprint(standings_bp)
    app.register_blueprint(corrections_bp)
    for publication_bp in PUBLICATION_BLUEPRINTS:
        app.register_blueprint(publication_bp)
    menu.add(*approvals_labels.MENU)
    menu.add(*audit_labels.MENU)
    menu.add(*contests_labels.MENU)
    menu.add(*corrections_labels.MENU)
    menu.add(*entries_labels.MENU)
    menu.add(*judging_labels.MENU)
    menu.add(*notices_labels.MENU)
    menu.add(*participation_labels.MENU)
    menu.add(*questions_labels.MENU)
    menu.add(*quiz_labels.MENU)
    menu.add(*standings_labels.MENU)
