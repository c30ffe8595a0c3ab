"""Pages for citizens: the first page, a contest, its rules."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from contest import clock
from contest.contests.domain import Phase
from contest.contests.hooks import RoundAction, home_notices, news_of, result_links, round_actions
from contest.contests.labels.rules import printed
from contest.contests.models import ContestState
from contest.contests.queries import (
    ContestView,
    RoundInPhase,
    get_public_contest,
    groups_of,
    printed_versions,
    public_contests,
    public_view,
    rules_in_force,
)
from contest.db import db
from contest.errors import NotFound
from contest.web.access import actor, public, visitor
from contest.web.shared import is_shared, shared_page

bp = Blueprint("contests", __name__)

NOTICES = 3


@bp.get("/")
@public
def home() -> str:
    """What is open now, then everything else."""
    return shared_page("home", _home)


def _home() -> str:
    views = public_contests(db.session(), clock.now())
    living = [view for view in views if view.current and view.contest.state is ContestState.ANNOUNCED]
    hero = living[0] if living else None
    return render_template(
        "contests/home.html",
        is_shared=is_shared(),
        own_news=news_of(db.session(), actor().person_id) if current_user.is_authenticated else "",
        hero=hero,
        action=_action(hero.current) if hero and hero.current and hero.current.phase is Phase.OPEN else None,
        others=living[1:],
        past=[view for view in views if view not in living],
        results=_results(hero) if hero else {},
        notices=[notice for notices in home_notices for notice in notices(db.session(), NOTICES)],
    )


@bp.get("/contests/<slug>")
@public
def show(slug: str) -> str:
    """One contest: what is open, upcoming and over, and the rules in short."""
    session, now = db.session(), clock.now()
    contest = get_public_contest(session, slug)
    view = public_view(session, contest, now)
    rules = rules_in_force(session, contest.id)
    return render_template(
        "contests/show.html",
        contest=contest,
        view=view,
        actions={each.row.id: _action(each) for each in view.rounds if each.phase is Phase.OPEN},
        groups=groups_of(session, contest.id),
        rules=rules,
        lines=printed(rules.sections) if rules else [],
        results=_results(view),
    )


@bp.get("/contests/<slug>/rules")
@public
def rules(slug: str) -> str:
    """The rules as data prints them: the version in force, or an earlier one by `?version=`."""
    session = db.session()
    contest = get_public_contest(session, slug)
    versions = printed_versions(session, contest.id)
    wanted = request.args.get("version", type=int)
    shown = next((each for each in versions if wanted in {None, each.number}), None)
    if wanted is not None and shown is None:
        raise NotFound
    return render_template(
        "contests/rules.html",
        contest=contest,
        view=public_view(session, contest, clock.now()),
        groups=groups_of(session, contest.id),
        versions=versions,
        shown=shown,
        lines=printed(shown.sections) if shown else [],
    )


def _action(each: RoundInPhase) -> RoundAction | None:
    """The way into an open round; none while no feature runs rounds of its kind."""
    act = round_actions.get(each.row.kind)
    who = visitor() if current_user.is_authenticated else None
    return act(db.session(), each.row, who, clock.now()) if act else None


def _results(view: ContestView) -> dict[int, str]:
    closed = [each.row.id for each in view.rounds if each.phase is Phase.CLOSED]
    return {key: url for links in result_links for key, url in links(db.session(), closed).items()} if closed else {}
