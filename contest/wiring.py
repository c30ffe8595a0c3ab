"""Who listens to whom: the one module, besides the routes, that sees every feature."""

from datetime import datetime

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.accounts import labels as accounts_labels
from contest.accounts.queries import full_names
from contest.actors import Actor, Visitor
from contest.approvals import labels as approvals_labels
from contest.approvals.domain import register_kind
from contest.audit import labels as audit_labels
from contest.audit import queries as audit_queries
from contest.contests import hooks
from contest.contests import labels as contests_labels
from contest.contests.labels.letters import change_notice
from contest.contests.labels.rules import RULES, rules_lacks
from contest.contests.models import Contest, Role, Round, RoundKind, RulesVersion
from contest.contests.queries import find_seated, get_contest, has_opened
from contest.corrections import desk as corrections_desk
from contest.corrections import labels as corrections_labels
from contest.db import db
from contest.entries import desk as entries_desk
from contest.entries import labels as entries_labels
from contest.entries.sections import SECTIONS as ENTRY_SECTIONS
from contest.errors import DomainError
from contest.judging import desk as judging_desk
from contest.judging import hooks as judging_hooks
from contest.judging import labels as judging_labels
from contest.judging.models import CaseKind
from contest.judging.queries import ensure_blind
from contest.judging.queries.entries import ENTRY_SOURCE
from contest.judging.queries.essays import ESSAY_SOURCE
from contest.judging.sections import SECTIONS as JUDGING_SECTIONS
from contest.judging.sections import keep_rubric
from contest.judging.sections import opening_lacks as judging_lacks
from contest.notices import labels as notices_labels
from contest.notices.services import publish_announcement
from contest.notices.views import home_notices, own_news
from contest.participation import events as participation_events
from contest.participation import labels as participation_labels
from contest.participation.queries import find_participation
from contest.publication import desk as publication_desk
from contest.publication import labels as publication_labels
from contest.questions import hooks as questions_hooks
from contest.questions import labels as questions_labels
from contest.questions.sections import opening_lacks as question_lacks
from contest.quiz import desk as quiz_desk
from contest.quiz import hooks as quiz_hooks
from contest.quiz import labels as quiz_labels
from contest.quiz.queries import attempts_before, has_open_attempt
from contest.quiz.sections import SECTIONS
from contest.quiz.services.sets import freeze_set, renew_sets
from contest.standings import labels as standings_labels
from contest.standings import sections as standings_sections
from contest.units import labels as units_labels
from contest.web import words

FEATURE_LABELS = (
    accounts_labels,
    approvals_labels,
    units_labels,
    contests_labels,
    notices_labels,
    participation_labels,
    questions_labels,
    quiz_labels,
    entries_labels,
    judging_labels,
    standings_labels,
    corrections_labels,
    publication_labels,
)


def install() -> None:
    """Tell every registry what the features bring. Doing it again changes nothing."""
    for labels in FEATURE_LABELS:
        words.tell(labels.ERRORS)
        audit_labels.tell(labels.ACTS)
    audit_queries.use(audit_queries.Directory(contest=get_contest, names=full_names))
    _install_contests()
    _install_quiz()
    _install_entries()
    _install_judging()
    _install_results()


def _install_contests() -> None:
    register_kind(RULES)
    hooks.register_opening_check(rules_lacks)
    hooks.register_opening_check(question_lacks)
    hooks.seat_obstacles[:] = [_refuse_participants, _keep_judges_blind]
    hooks.rules_effects[:] = [_renew_sets, _keep_rubric, _announce_rules]
    hooks.home_notices[:] = [home_notices]
    hooks.own_news[:] = [own_news]


def _refuse_participants(session: Session, contest_id: int, person_id: int, role: Role) -> None:
    if role is not Role.COORDINATOR and find_participation(session, contest_id, person_id):
        raise DomainError("takes_part", field="login")


def _keep_judges_blind(session: Session, contest_id: int, person_id: int, role: Role) -> None:
    ensure_blind(session, contest_id, person_id, role, clock.now())


def _install_quiz() -> None:
    for section in SECTIONS:
        hooks.register_section(section)
    hooks.register_opening_check(quiz_desk.opening_lacks)
    hooks.release_effects[:] = [_freeze_quiz]
    hooks.round_actions[RoundKind.QUIZ] = quiz_desk.action_of_round
    hooks.overview_panels[:] = [quiz_desk.activity_panel]
    hooks.overview_figures[:] = [
        quiz_desk.overview_figures,
        entries_desk.overview_figures,
        judging_desk.overview_figures,
    ]
    participation_events.has_open_attempt[:] = [has_open_attempt]
    participation_events.own_panels[:] = [entries_desk.own_panel]
    participation_events.participant_panels[:] = [quiz_desk.plays_panel]
    questions_hooks.uses[:] = [quiz_desk.question_uses]


def _install_entries() -> None:
    for section in ENTRY_SECTIONS:
        hooks.register_section(section)
    hooks.register_opening_check(entries_desk.opening_lacks)
    hooks.round_actions[RoundKind.ENTRY] = entries_desk.action_of_round
    hooks.cancel_effects[:] = [entries_desk.cancel_effects]


def _install_judging() -> None:
    judging_hooks.sources.update({CaseKind.ENTRY: ENTRY_SOURCE, CaseKind.RESPONSE: ESSAY_SOURCE})
    for section in JUDGING_SECTIONS:
        hooks.register_section(section)
    hooks.register_opening_check(judging_lacks)


def _install_results() -> None:
    for section in standings_sections.SECTIONS:
        hooks.register_section(section)
    hooks.register_opening_check(standings_sections.opening_lacks)
    hooks.result_links[:] = [publication_desk.result_links]
    hooks.place_links[:] = [publication_desk.find_place_link]
    quiz_hooks.essays_shown[:] = [publication_desk.essays_shown]
    quiz_hooks.correction_endpoints[:] = ["corrections.create"]
    register_kind(corrections_labels.CORRECTION)
    questions_hooks.corrections[:] = [corrections_desk.corrections_shown]
    register_kind(publication_labels.PUBLICATION)


def _renew_sets(session: Session, actor: Actor, now: datetime, version: RulesVersion) -> None:
    renew_sets(session, actor, now, version, current_app.extensions["keys"])


def _keep_rubric(session: Session, _actor: Actor, now: datetime, version: RulesVersion) -> None:
    keep_rubric(session, version, now)


def _announce_rules(session: Session, actor: Actor, now: datetime, version: RulesVersion) -> None:
    """What changes after a round has opened is told to everybody, with the reason and what it means for whom."""
    if not has_opened(session, version.contest_id, now):
        return
    title, body = change_notice(version, attempts_before(session, version))
    publish_announcement(session, actor, now, contest_id=version.contest_id, title=title, body=body)


def _freeze_quiz(session: Session, actor: Actor, now: datetime, round_: Round) -> None:
    if round_.kind is RoundKind.QUIZ:
        freeze_set(session, actor, now, round_, current_app.extensions["keys"])


def load_visitor(token: str) -> Visitor | None:
    """The person whom the cookie's token signs in, with the seats held now. One statement."""
    found = find_seated(db.engine, token, clock.now())
    if found is None:
        return None
    person, seats = found
    return Visitor(
        actor=Actor(person.person_id, person.is_admin, seats),
        display_name=person.full_name,
        locale=person.locale,
        session_id=person.session_id,
        token=token,
        must_change_password=person.must_change_password,
    )


def has_samples() -> bool:
    """Whether this installation shows sample data, so that every page says so. Only an embedded database can."""
    if not current_app.config["SETTINGS"].is_embedded:
        return False
    if "has_samples" not in g:
        g.has_samples = db.session.scalar(select(Contest.id).where(Contest.is_sample).limit(1)) is not None
    return bool(g.has_samples)
