"""Files: the template, import and export."""

from io import BytesIO
from pathlib import PurePath

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.domain import slug_of
from contest.contests.models import Role
from contest.db import db
from contest.errors import DomainError
from contest.questions import queries, services
from contest.questions.forms import ImportForm
from contest.questions.labels import fault_rows, problem_words, row_words, unusable_words
from contest.questions.models import Bank, LookAct
from contest.questions.policies import DESK, OVERSEERS
from contest.questions.queries.media import media_of_bank
from contest.questions.views.desk import MOST_FILE_MB, Reply, bp, desk_of, witnessed
from contest.questions.views.findings import points_in_file
from contest.web.access import seated
from contest.web.downloads import download
from contest.web.forms import carried_out, page, show_on
from contest.web.words import sentence
from question_bank.formats import FORMATS, Import, UnusableFile, format_of
from question_bank.formats import Bank as BankFile
from question_bank.formats.xlsx_writer import write_template
from question_bank.media import media_of
from question_bank.problems import Problem

Report = list[tuple[str, str]]


@bp.get("/staff/<slug>/banks/template.xlsx")
@seated(*DESK)
def template(slug: str) -> Response:  # noqa: ARG001 # the address names the contest for the seat
    """The empty workbook for an import."""
    stream = BytesIO()
    write_template(stream)
    return download(stream, "mau-nhap-cau-hoi.xlsx")


@bp.get("/staff/<slug>/banks/<int:bank_id>/questions<extension>")
@seated(*OVERSEERS)
def export(slug: str, bank_id: int, extension: str) -> Response:
    """Every question that is not retired, in a file that can be imported again."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    if extension not in FORMATS:
        abort(404)
    entries = tuple(queries.exported_entries(db.session(), bank.id))
    stream = BytesIO()
    FORMATS[extension].write_questions(stream, BankFile(entries, bank.name))
    file = download(stream, (slug_of(bank.name) or "cau-hoi") + extension)
    return witnessed(file, desk, LookAct.EXPORTED, queries.exported_revisions(bank_id))


@bp.route("/staff/<slug>/banks/<int:bank_id>/import", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def import_file(slug: str, bank_id: int) -> Reply:
    """Upload a file: a report of its faults, or all its questions as drafts."""
    desk, form = desk_of(slug), ImportForm()
    bank = desk.bank(bank_id)
    report: Report = []
    parsed = _read(form) if form.validate_on_submit() else None
    if parsed is not None:
        report = _report(bank, parsed)
        if report:
            show_on(form, DomainError("file_faulty", field="file"))

    def act(session: Session) -> int:
        assert parsed is not None
        return services.import_questions(session, desk.actor, clock.now(), bank, parsed)

    number = carried_out(form, act) if parsed is not None and not report else None
    points = points_in_file(parsed) if parsed is not None else []
    if number:
        flash(_("Questions imported as your drafts: %(num)d. Read them, then send them to review.", num=number), "ok")
        if points:
            flash(_("Points to look at again: %(num)d. They stand under “Look over”.", num=len(points)), "info")
        return redirect(url_for("banks.show", slug=slug, bank_id=bank_id, state="draft"), 303)
    read = len(parsed.questions) if parsed is not None else 0
    values = {"bank": bank, "report": report, "read": read, "most": MOST_FILE_MB, "points": points}
    return page("questions/import.html", form, contest=desk.contest, accept=",".join(FORMATS), **values)


def _read(form: ImportForm) -> Import | None:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        show_on(form, DomainError("file_missing", field="file"))
        return None
    content = upload.read()
    upload.close()
    if len(content) > MOST_FILE_MB * 1024 * 1024:
        show_on(form, DomainError("file_too_large", field="file", most=MOST_FILE_MB))
        return None
    try:
        return format_of(PurePath(upload.filename).name).read_questions(content)
    except UnusableFile as error:
        form.file.errors = [*form.file.errors, unusable_words(error)]
        return None


def _report(bank: Bank, parsed: Import) -> Report:
    clashes = queries.taken_codes(db.session(), bank.id, parsed.questions)
    taken = [(row_words(item.row), sentence(DomainError("code_taken", taken=item.code))) for item in clashes]
    return fault_rows(parsed) + taken + _unknown_media(bank, parsed)


def _unknown_media(bank: Bank, parsed: Import) -> Report:
    known = media_of_bank(db.session(), bank.id, media_of(item.question for item in parsed.questions))
    return [
        (row_words(item.row), problem_words(Problem("medium_unknown", "text", {"mark": f"media:{digest}"})))
        for item in parsed.questions
        for digest in sorted(media_of([item.question]) - known.keys())
    ]
