"""Pages of the record: reading it, and checking that nothing in it was changed or taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from contest.audit.forms import HeadForm
from contest.audit.labels import READERS, act_words, actor_words, finding_words
from contest.audit.queries import Found, acts_in, acts_page, chain_check, contest_of_record, names_in
from contest.db import db
from contest.i18n import search_key, text_sort_key
from contest.web.access import actor, seated
from contest.web.listing import Listing, asked

bp = Blueprint("audit", __name__)

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a chain can be filtered by: acts and people that occur in it, with their words."""

    acts: Mapping[str, str]
    people: Mapping[int, str]

    def found(self, words: str) -> Found | None:
        """What the typed words may mean."""
        if not words:
            return None
        key = search_key(words)
        return Found(
            words,
            [code for code, name in self.acts.items() if key in search_key(name)],
            [person for person, name in self.people.items() if key in search_key(name)],
        )


@bp.get("/staff/<slug>/record")
@seated(*READERS)
def index(slug: str) -> str:
    """The record, newest first, by act and person."""
    session = db.session()
    contest = contest_of_record(session, slug)
    choices = _choices(session, contest.id)
    wanted = asked("at")
    if "sort" not in request.args:
        wanted = replace(wanted, is_descending=True)
    page = acts_page(
        session,
        contest.id,
        wanted.number,
        act=request.args.get("act"),
        actor_id=request.args.get("person", type=int),
        found=choices.found(wanted.words),
        is_newest_first=wanted.is_descending,
    )
    return render_template(
        "audit/index.html",
        contest=contest,
        choices=choices,
        listing=Listing(page, wanted),
        act_words=act_words,
        actor_words=actor_words,
        may_read_details=actor().holds(contest.id, "organizer"),
    )


@bp.get("/staff/<slug>/record/check")
@seated(*READERS)
def check(slug: str) -> tuple[str, int]:
    """The chain held against itself and against a head that somebody kept."""
    session = db.session()
    contest = contest_of_record(session, slug)
    form = HeadForm(request.args)
    done = chain_check(session, contest.id, form.stored())
    sentences = [finding_words(finding) for finding in done.findings]
    body = render_template("audit/check.html", contest=contest, form=form, check=done, sentences=sentences)
    return body, 422 if form.has_errors else 200


def _choices(session: Session, scope: int) -> Choices:
    acts = {code: act_words(code) for code in acts_in(session, scope)}
    return Choices(acts=_in_order(acts), people=_in_order(names_in(session, scope)))


def _in_order(words: Mapping[Key, str]) -> dict[Key, str]:
    return dict(sorted(words.items(), key=lambda item: text_sort_key(item[1])))
