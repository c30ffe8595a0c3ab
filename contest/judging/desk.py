"""What judging brings to a contest's pages: its figures on the organizer's overview."""

from datetime import datetime

from flask import url_for
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session

from contest.contests.hooks import Stat
from contest.contests.models import Contest
from contest.i18n import show_number
from contest.judging import queries


def overview_figures(session: Session, contest: Contest, now: datetime) -> list[Stat]:  # noqa: ARG001
    """Cases, those with a score, and those that wait for the chair, over all rounds whose judging is open."""
    found = [queries.pending_cases(session, round_id) for round_id in queries.rounds_judged(session, contest.id)]
    if not found:
        return []
    url, locale = url_for("judging.index", slug=contest.slug), get_locale().language
    figures = [
        (sum(each.cases for each in found), gettext("Cases to judge")),
        (sum(each.scored for each in found), gettext("Cases with a score")),
        (sum(each.to_agree for each in found), gettext("Cases to be agreed")),
    ]
    return [Stat(show_number(count, locale), label, url=url) for count, label in figures]
