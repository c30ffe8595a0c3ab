"""The desk of papers: whether the bank fills them, how alike they are, and what one looks like."""

from collections.abc import Collection, Mapping

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from contest import clock
from contest.contests.models import Round
from contest.contests.policies import may_prepare
from contest.contests.queries import get_round_of
from contest.db import db
from contest.errors import NotFound
from contest.i18n import show_scaled, text_sort_key
from contest.questions.models import LookAct
from contest.questions.policies import OVERSEERS
from contest.questions.queries import quiz_rounds
from contest.questions.views.desk import Desk, Reply, desk_of, witnessed
from contest.questions.views.media import media_of
from contest.quiz.paper_section import row_line
from contest.quiz.queries.facility import known_facilities
from contest.quiz.services.feasibility import PaperPlan, coming_rules, find_plan, homeless, shortages
from contest.quiz.services.trials import MOST_TRIES, expected_of, trial_paper
from contest.quiz.views.fragments import Asked, fragments_of, paper_markup
from contest.web.access import seated
from contest.web.kept import Kept
from question_bank.blueprint import is_in_branch
from question_bank.drawing import NotEnoughQuestions
from question_bank.equity import FACILITY_OF_DIFFICULTY, MOST_DEVIATION, PAPERS, SCALE, Equity, equity
from question_bank.question import from_content

bp = Blueprint("papers", __name__)
MOST_PEOPLE = 999
CHART_HEIGHT = 100
_kept = Kept[Equity](8)


@bp.get("/staff/<slug>/papers")
@seated(*OVERSEERS)
def index(slug: str) -> Reply:
    """A quiz round, `?round=3`: what lacks for its papers, and how alike they are. Shows no question."""
    desk, session = desk_of(slug), db.session()
    rounds = [round_ for round_, _bank in quiz_rounds(session, desk.contest.id)]
    chosen = _chosen(rounds)
    plan = find_plan(session, chosen, coming_rules(session, desk.contest.id)) if chosen else None
    values: dict[str, object] = {}
    if plan is not None:
        short = {each.row: each for each in shortages(plan)}
        lost = homeless(session, plan)
        known = known_facilities(session, plan.revisions.keys())
        shown = None if short or lost or not plan.blueprint.rows else _equity(plan, known)
        topics = {item.topic for item in plan.pool.items}
        values = {"strange": _strange(plan, topics), "topics": sorted(topics, key=text_sort_key)}
        values |= {"rows": _rows(plan), "short": short, "homeless": lost, "known": len(known), "equity": shown}
    html = render_template(
        "quiz/papers.html",
        contest=desk.contest,
        rounds=rounds,
        round=chosen,
        plan=plan,
        percent=_percent,
        papers=PAPERS,
        bound=MOST_DEVIATION,
        defaults=FACILITY_OF_DIFFICULTY,
        height=CHART_HEIGHT,
        may_write_rules=may_prepare(desk.actor, desk.contest.id),
        **values,
    )
    return html, 200


@bp.get("/staff/<slug>/papers/<int:round_id>/trial")
@seated(*OVERSEERS)
def trial(slug: str, round_id: int) -> Reply:
    """The paper of a sample participant, as a citizen would see it: `?person=1&number=1`."""
    desk, session = desk_of(slug), db.session()
    round_ = get_round_of(session, desk.contest.id, round_id)
    plan = find_plan(session, round_, coming_rules(session, desk.contest.id))
    person, number = _within("person", MOST_PEOPLE), _within("number", MOST_TRIES)
    try:
        paper = trial_paper(plan, person, number) if plan else None
    except NotEnoughQuestions:
        paper = None
    if plan is None or paper is None:
        return _trial_page(desk, round_, plan, person=person, number=number, questions=None, again=0), 200
    questions = {ref: from_content(revision.content) for ref, revision in plan.revisions.items()}
    asked = Asked(questions, media_of(desk.contest, plan.bank))
    fragments = fragments_of(f"trial of bank {plan.bank.id}", paper.slots, asked, {})
    markup = Markup(paper_markup(fragments, paper.slots, plan.blueprint.sections, "").decode())  # noqa: S704 - drawn
    html = _trial_page(desk, round_, plan, person=person, number=number, questions=markup, again=paper.again)
    return witnessed((html, 200), desk, LookAct.PREVIEWED, [slot.revision_id for slot in paper.slots])


def _trial_page(desk: Desk, round_: Round, plan: PaperPlan | None, **values: object) -> str:
    most = {"most_people": MOST_PEOPLE, "most_tries": MOST_TRIES}
    return render_template("quiz/trial.html", contest=desk.contest, round=round_, plan=plan, **most, **values)


def _chosen(rounds: list[Round]) -> Round | None:
    wanted = request.args.get("round", type=int)
    if wanted is None:
        ahead = (round_ for round_ in rounds if round_.closes_at > clock.now())
        return next(ahead, rounds[0] if rounds else None)
    found = next((round_ for round_ in rounds if round_.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _within(name: str, most: int) -> int:
    return max(1, min(request.args.get(name, 1, type=int), most))


def _rows(plan: PaperPlan) -> list[tuple[str, int, int]]:
    """Each row in words, what it wants, and how many questions of the bank fit it."""
    return [
        (row_line(row), row.count, len(plan.pool.candidates(row, plan.blueprint.version)))
        for row in plan.blueprint.rows
    ]


def _strange(plan: PaperPlan, topics: Collection[str]) -> set[int]:
    """The rows, from 0, whose topic is none of these, nor above one of them."""
    named = [(index, row.topic) for index, row in enumerate(plan.blueprint.rows) if row.topic]
    return {index for index, topic in named if not any(is_in_branch(each, topic) for each in topics)}


def _equity(plan: PaperPlan, known: Mapping[int, int]) -> Equity:
    """How alike trial papers are; kept as long as bank, paper and what is known of its questions stay the same."""
    expected = expected_of(plan, known)
    key = (plan.blueprint, tuple(plan.pool.items), tuple(expected.facility.items()), tuple(expected.points.items()))
    return _kept.value(key, lambda: equity(plan.pool, plan.blueprint, expected))


def _percent(part: int) -> str:
    """What `Equity` counts, as a percentage with one decimal."""
    return show_scaled((part * 1000 + SCALE // 2) // SCALE, 1, get_locale().language)
