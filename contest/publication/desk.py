"""What publications bring to other pages and to the queue of work: a round's board, a person's own place."""

from collections.abc import Callable

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Contest, Round
from contest.db import db
from contest.publication.jobs import Work, tell_of_places
from contest.publication.labels import place_news
from contest.publication.queries import find_published, find_row_of, published_rounds
from contest.publication.services import TELL
from contest.quiz.hooks import EssayShown
from contest.standings.domain.judged import essay_marks
from contest.standings.labels import essay_points_words, essay_score_words


def result_links(session: Session, round_ids: list[int]) -> dict[int, str]:
    """The address of the board of each of these rounds that is published. Two statements."""
    published = published_rounds(session, round_ids)
    rows = session.execute(
        select(Round.id, Round.public_id, Contest.slug)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.id.in_(published))
    )
    return {row.id: url_for("boards.people", slug=row.slug, round_id=row.public_id) for row in rows}


def find_place_link(session: Session, slug: str, round_: Round, person_id: int) -> str | None:
    """Where this person reads their place in a published round; None when they have none."""
    publication = find_published(session, round_.id)
    if publication is None or find_row_of(session, publication.id, person_id) is None:
        return None
    return url_for("boards.my_place", slug=slug, round_id=round_.public_id)


def essays_shown(session: Session, round_public_id: str, person_id: int, number: int) -> list[EssayShown]:
    """What the published list says of the essays of this attempt; nothing when another one counts. Three statements."""
    round_id = session.scalars(select(Round.id).where(Round.public_id == round_public_id)).one()
    publication = find_published(session, round_id)
    row = find_row_of(session, publication.id, person_id) if publication else None
    if row is None or row.values.get("attempt_number") != number:
        return []
    return [
        EssayShown(mark.slot, essay_score_words(mark), essay_points_words(mark)) for mark in essay_marks(row.values)
    ]


def tell(work: Work) -> None:
    """Tell everybody whose published place moved with a corrected key."""
    tell_of_places(work, place_news, db.session)


WORK: dict[str, Callable[[Work], None]] = {TELL: tell}
