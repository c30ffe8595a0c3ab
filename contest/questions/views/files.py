"""Files: the template and the export."""

from io import BytesIO

from flask import abort, current_app
from werkzeug.wrappers import Response

from contest.contests.domain import slug_of
from contest.db import db
from contest.questions import queries
from contest.questions.jobs.exporting import exported_bank, losses_of
from contest.questions.labels import FORMAT_NAMES, locale
from contest.questions.models import LookAct
from contest.questions.policies import DESK, OVERSEERS
from contest.questions.views.desk import Reply, bp, desk_of, witnessed
from contest.web.access import seated
from contest.web.downloads import download
from contest.web.forms import page
from question_bank.formats import FORMATS
from question_bank.formats.base import MOST_MEDIA_MB, MOST_QUESTIONS
from question_bank.formats.xlsx.writer import write_template
from question_bank.media import media_of


@bp.get("/staff/<slug>/banks/template.xlsx")
@seated(*DESK)
def template(slug: str) -> Response:  # noqa: ARG001 # the address names the contest for the seat
    """The empty workbook for an import."""
    stream = BytesIO()
    write_template(stream)
    return download(stream, "mau-nhap-cau-hoi.xlsx")


@bp.get("/staff/<slug>/banks/<int:bank_id>/export")
@seated(*OVERSEERS)
def choose_format(slug: str, bank_id: int) -> Reply:
    """Every format in which the bank can be taken away, with what it would lose."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    file = exported_bank(db.session(), current_app.extensions["storage"], bank)
    has_heavy_media = not file.media and bool(media_of(question for _, question in file.entries))
    return page(
        "questions/export.html",
        contest=desk.contest,
        bank=bank,
        number=len(file.entries),
        most=MOST_QUESTIONS,
        most_mb=MOST_MEDIA_MB if has_heavy_media else None,
        losses={
            extension: [(fault.sentence(locale()), fault.cell) for fault in lost]
            for extension, lost in losses_of(file).items()
        },
        names=FORMAT_NAMES,
    )


@bp.get("/staff/<slug>/banks/<int:bank_id>/questions<extension>")
@seated(*OVERSEERS)
def export(slug: str, bank_id: int, extension: str) -> Response:
    """Every question that is not retired, in a file that can be imported again."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    if extension not in FORMATS:
        abort(404)
    stream = BytesIO()
    FORMATS[extension].write_questions(stream, exported_bank(db.session(), current_app.extensions["storage"], bank))
    file = download(stream, (slug_of(bank.name) or "cau-hoi") + extension)
    return witnessed(file, desk, LookAct.EXPORTED, queries.exported_revisions(bank_id))
