"""`contest bank draw`: the paper that a seed, a person and a number draw from the questions of a round."""

from typing import Any

import click
from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contest.cli.bank_desk import by_login, give_up, in_json, in_locale, round_named, seat, witness
from contest.cli.opening import opened, say
from contest.contests.models import Round
from contest.db import db
from contest.questions.models import BankQuestion, LookAct, QuestionRevision
from contest.questions.policies import may_see_all
from contest.quiz.models import QuestionSet, QuestionSetItem
from contest.quiz.services.feasibility import coming_rules, find_plan
from contest.quiz.services.sets import frozen_set
from question_bank.commands.draw import Source, by_lot, drawn_paper, show_paper
from question_bank.drawing import versioned
from question_bank.question import from_content
from question_bank.words import Locale


@click.command()
@click.argument("slug")
@click.argument("name", metavar="ROUND")
@by_login
@by_lot
@in_json
@in_locale
def draw(slug: str, name: str, login: str, *, as_json: bool, locale: Locale, **lot: Any) -> None:
    """Draw a paper of ROUND (its number or name) as docs/paper-draw.md says, from a seed that you give.

    It is drawn from the newest frozen set; before there is one, from the bank and the rules as they stand. A round's
    own seed stays sealed. Who did it is recorded. Exit status: 1 when no paper can be drawn, 2 when there is nothing to
    draw from.
    """
    with opened():
        contest, actor = seat(slug, login, may_see_all)
        session, round_ = db.session(), round_named(contest, name)
        source = _frozen(session, round_) or _planned(session, round_)
        slots = drawn_paper(source, lot, locale)
        witness(actor, LookAct.PREVIEWED, [slot.ref for slot in slots])
    show_paper(source, slots, lot, as_json=as_json)


def _frozen(session: Session, round_: Round) -> Source | None:
    row = session.scalars(
        select(QuestionSet).where(QuestionSet.round_id == round_.id).order_by(QuestionSet.number.desc()).limit(1)
    ).first()
    if row is None:
        return None
    say(f"drawn from set {row.number}")
    drawn_from = frozen_set(session, row, current_app.extensions["keys"])
    codes = _codes(session, select(QuestionSetItem.revision_id).where(QuestionSetItem.set_id == row.id))
    questions = {ref: (codes[ref], question) for ref, question in drawn_from.questions.items()}
    return Source(questions, drawn_from.pool, drawn_from.blueprint)


def _planned(session: Session, round_: Round) -> Source:
    plan = find_plan(session, round_, coming_rules(session, round_.contest_id))
    if plan is None:
        give_up("There is nothing to draw from: the round needs a bank, and the rules a section about the paper.")
    say(f"no set is frozen: drawn from the bank {plan.bank.name}")
    codes = _codes(session, select(BankQuestion.approved_revision_id).where(BankQuestion.bank_id == plan.bank.id))
    questions = {ref: (codes[ref], from_content(each.content)) for ref, each in plan.revisions.items()}
    return Source(questions, plan.pool, versioned(plan.blueprint, plan.pool))


def _codes(session: Session, revision_ids: Select[Any]) -> dict[int, str]:
    rows = session.execute(
        select(QuestionRevision.id, BankQuestion.code)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(QuestionRevision.id.in_(revision_ids))
    )
    return dict(rows.all())
