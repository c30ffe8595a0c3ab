"""What the quiz brings to a contest's pages: what a round still lacks, its figures, the way into it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, url_for
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup
from sqlalchemy import String, case, cast, func, select
from sqlalchemy.orm import Session

from contest.actors import Visitor
from contest.contests.domain import Lack, Phase, phase
from contest.contests.hooks import RoundAction, Stat
from contest.contests.models import Contest, Round, RoundKind
from contest.contests.queries import round_kinds, rules_in_force, timetable_of
from contest.i18n import show_number, show_time
from contest.questions.hooks import Use
from contest.quiz import queries
from contest.quiz.models import Attempt, ItemStatistic, QuestionSet, QuestionSetItem
from contest.quiz.paper_section import scope_words
from contest.quiz.services.feasibility import PaperPlan, find_plan, homeless, shortages
from contest.quiz.services.plays import reported_plays
from contest.web.content import content, worded
from question_bank.drawing import Shortfall

HOURS_SHOWN = 12
CHART_HEIGHT = 100


def opening_lacks(session: Session, round_: Round) -> list[Lack]:
    """Rules that say how the quiz goes, and a bank that fills the paper: to the exact number that is missing.

    That no rules are in force at all is said by `contests`, that no bank is assigned by `questions`.
    """
    rules = rules_in_force(session, round_.contest_id)
    if round_.kind is not RoundKind.QUIZ or rules is None:
        return []
    if not {"attempts", "paper"} <= rules.sections.keys():
        sentence = gettext("Rules in force that say how the quiz goes are missing.")
        return [Lack("rules_missing", sentence, fix_endpoint="rules.index")]
    plan = find_plan(session, round_, rules)
    if plan is None:
        return []
    sentences = [_shortage(plan, short) for short in shortages(plan)]
    sentences += [
        gettext("The compulsory question %(code)s has no place on the paper.", code=each.code)
        for each in homeless(session, plan)
    ]
    place = {"round": round_.id}
    return [Lack("paper_not_fillable", each, fix_endpoint="papers.index", fix_values=place) for each in sentences]


def _shortage(plan: PaperPlan, short: Shortfall) -> str:
    row, missing = plan.blueprint.rows[short.row], short.wanted - short.available
    lack = ngettext("%(num)s approved question is missing", "%(num)s approved questions are missing", missing)
    return Markup("{}: {}").format(scope_words(row), lack)


def question_uses(session: Session, contest_id: int, revision_ids: Collection[int]) -> list[Use]:
    """The frozen sets in which these revisions stand, and on how many papers each of them is. Two statements."""
    found = session.execute(
        select(
            QuestionSetItem.revision_id,
            QuestionSet.id,
            Round.id,
            Round.name,
            QuestionSet.number,
            QuestionSet.frozen_at,
            ItemStatistic.facility,
            Contest.slug,
        )
        .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
        .join(Round, Round.id == QuestionSet.round_id)
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(
            ItemStatistic,
            (ItemStatistic.round_id == Round.id) & (ItemStatistic.revision_id == QuestionSetItem.revision_id),
        )
        .where(Round.contest_id == contest_id, QuestionSetItem.revision_id.in_(revision_ids))
        .order_by(QuestionSet.frozen_at, QuestionSetItem.revision_id)
    ).all()
    papers = _paper_counts(session, {row[2] for row in found}, sorted({row[0] for row in found}))
    return [
        Use(
            revision_id,
            name,
            number,
            frozen_at,
            papers.get((set_id, revision_id), 0),
            facility,
            _statistics_url(slug, round_id, revision_id) if facility is not None else "",
        )
        for revision_id, set_id, round_id, name, number, frozen_at, facility, slug in found
    ]


def _statistics_url(slug: str, round_id: int, revision_id: int) -> str:
    return url_for("statistics.item", slug=slug, round_id=round_id, revision_id=revision_id)


def _paper_counts(session: Session, round_ids: set[int], revision_ids: list[int]) -> dict[tuple[int, int], int]:
    """Papers by set and revision; a stored paper is a list of `[revision id, [order]]`, found by this spelling."""
    if not round_ids:
        return {}
    paper = cast(Attempt.paper, String)
    counts = [func.count(case((paper.like(f"%[{revision_id}, [%"), 1))) for revision_id in revision_ids]
    rows = session.execute(
        select(Attempt.set_id, *counts).where(Attempt.round_id.in_(round_ids)).group_by(Attempt.set_id)
    )
    return {
        (row[0], revision_id): number for row in rows for revision_id, number in zip(revision_ids, row[1:], strict=True)
    }


def overview_figures(session: Session, contest: Contest, now: datetime) -> list[Stat]:  # noqa: ARG001
    """How many are answering now, and how much was handed in so far; nothing where there is no quiz."""
    counts = queries.round_counts(session, contest.id).values()
    if not counts and RoundKind.QUIZ not in round_kinds(session, contest.id):
        return []
    locale = get_locale().language
    running, submitted = sum(each.running for each in counts), sum(each.submitted for each in counts)
    return [
        Stat(show_number(running, locale), gettext("Answering now")),
        Stat(show_number(submitted, locale), gettext("Attempts handed in")),
    ]


@dataclass(frozen=True, slots=True)
class Hour:
    """A bar of the chart: attempts started and handed in from `starts_at` for an hour, and how high they are drawn."""

    label: str
    started: int
    submitted: int
    highest: int

    @property
    def started_height(self) -> int:
        """Of `CHART_HEIGHT`."""
        return self.started * CHART_HEIGHT // self.highest

    @property
    def submitted_height(self) -> int:
        """Of `CHART_HEIGHT`."""
        return self.submitted * CHART_HEIGHT // self.highest


def activity_panel(session: Session, contest: Contest, now: datetime) -> Markup:
    """The exam room over the last hours as a chart and a table; nothing where nobody was in it. One statement."""
    first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS_SHOWN - 1)
    starts = [first + timedelta(hours=number) for number in range(HOURS_SHOWN)]
    counts = queries.attempts_by_hour(session, contest.id, starts)
    highest = max(max(pair) for pair in counts)
    if not highest:
        return Markup()
    hours = [
        Hour(show_time(starts_at, contest.time_zone), *pair, highest)
        for starts_at, pair in zip(starts, counts, strict=True)
    ]
    drawn = render_template("quiz/_activity.html", hours=hours, height=CHART_HEIGHT)
    return Markup(drawn)  # noqa: S704 - drawn by a template


def plays_panel(session: Session, participation_id: int) -> Markup:
    """What the pages of a participant's attempts reported about sounds; nothing where none was played."""
    plays = reported_plays(session, participation_id)
    if not plays:
        return Markup()
    return Markup(render_template("quiz/_plays.html", plays=plays))  # noqa: S704 - drawn by a template


def action_of_round(session: Session, round_: Round, visitor: Visitor | None, now: datetime) -> RoundAction:  # noqa: ARG001
    """The way to the round's page, which knows what this visitor may do there."""
    url = url_for("quiz.round_page", round_id=round_.public_id)
    if phase(timetable_of(round_), now) is Phase.OPEN:
        return RoundAction(worded(gettext("Take %(round)s"), round=content(round_.name)), url)
    return RoundAction(worded(gettext("See %(round)s"), round=content(round_.name)), url)
