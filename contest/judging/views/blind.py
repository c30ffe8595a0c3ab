"""A case without its author, as a page shows it, and the copies of its files."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext
from werkzeug.wrappers import Response

from contest.db import db
from contest.errors import NotFound
from contest.judging import queries
from contest.judging.hooks import BlindAnswer, Piece
from contest.judging.policies import CHIEFS, JUDGES
from contest.judging.queries import overview
from contest.judging.views.blueprint import CASE, SHEET, bp, found_contest
from contest.storage import MissingObjectError, Storage
from contest.web.access import actor, seated
from contest.web.bodies import INERT_PDF, PDF, heavy, let_go, send_stored
from contest.web.security import CONTENT_POLICY

TEXT = "text/plain"
TEXT_BYTES = 2 * 1024 * 1024
FRAMED_PDF = INERT_PDF.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
FRAMING = {"Content-Security-Policy": CONTENT_POLICY + "; frame-src 'self'"}
"""Of a page that shows a case: its PDFs stand inside."""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A copy: its number in the address and what kind of file it is."""

    number: int
    mime: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer: `text` is all there is to read of it with names masked, `pieces` are to be seen or heard."""

    facts: BlindAnswer
    text: str
    pieces: tuple[ShownPiece, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """What is shown of a case."""

    code: str
    title: str
    group_name: str
    answers: tuple[ShownAnswer, ...]


def shown_case(case_id: int) -> ShownCase:
    """The case with the words of documents read from their copies."""
    session = db.session()
    found, author = queries.blind_case(session, case_id), queries.author_of(session, case_id)
    group_name = overview.case_group(session, case_id)
    answers = tuple(_shown(each, author) for each in found.answers)
    return ShownCase(found.code, found.title, group_name, answers)


def _shown(answer: BlindAnswer, author: queries.Author) -> ShownAnswer:
    texts = [author.masked(_read(piece)) for piece in answer.pieces if piece.mime == TEXT]
    pieces = tuple(ShownPiece(number, piece.mime) for number, piece in enumerate(answer.pieces) if piece.mime != TEXT)
    return ShownAnswer(answer, "\n\n".join([answer.text, *texts]), pieces)


def _read(piece: Piece) -> str:
    """The words of a copy; one that is gone from the store is said, so that the judge can report it."""
    storage: Storage = current_app.extensions["storage"]
    try:
        with storage.open(piece.key) as file:
            return file.read(TEXT_BYTES).decode("utf-8", errors="replace")
    except MissingObjectError:
        return str(gettext("This part of the document can't be opened. Report the problem to the chief judge."))


@bp.get(f"{SHEET}/pieces/<int:question>/<int:piece>")
@seated(*JUDGES)
@heavy
def piece(slug: str, sheet_id: int, question: int, piece: int) -> Response:
    """A copy of a file of the case whose sheet is the judge's own."""
    contest = found_contest(slug)
    found = queries.judge_sheet(db.session(), actor(), contest.id, sheet_id)
    if not found.may_see_case:
        raise NotFound
    return _sent(found.case.id, question, piece)


@bp.get(f"{CASE}/pieces/<int:question>/<int:piece>")
@seated(*CHIEFS)
@heavy
def case_piece(slug: str, case_id: int, question: int, piece: int) -> Response:
    """The same for the chief judge."""
    contest = found_contest(slug)
    found = queries.case_file(db.session(), actor(), contest.id, case_id)
    return _sent(found.case.id, question, piece)


def _sent(case_id: int, question: int, number: int) -> Response:
    """Never a text: those are shown with names masked, on the page only."""
    found = queries.blind_case(db.session(), case_id)
    copy = found.answer(question).piece(number)
    if copy.mime == TEXT:
        raise NotFound
    let_go()
    name = f"{found.code}-{question}-{number + 1}"
    response = send_stored(current_app.extensions["storage"], copy.key, copy.mime, name)
    if copy.mime == PDF:
        response.headers["Content-Security-Policy"] = FRAMED_PDF
    return response
