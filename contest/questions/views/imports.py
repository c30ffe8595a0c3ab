"""Importing a file in two steps: it is uploaded and read, then its uploader decides on what was found."""

from functools import partial
from pathlib import PurePath

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from contest import clock
from contest.contests.models import Role
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.questions import services
from contest.questions.forms import ImportForm, TakeForm
from contest.questions.jobs import reading
from contest.questions.labels import IMPORT_STATES, fault_words, point_place, point_words
from contest.questions.models import Bank, ImportState, QuestionImport
from contest.questions.queries import importing as queries
from contest.questions.services.importing import LIFE, Imported, is_untouched
from contest.questions.views.desk import Desk, Reply, bp, desk_of
from contest.storage import MissingObjectError, Storage, StorageFullError, new_key
from contest.web.access import seated
from contest.web.bodies import heavy, let_go
from contest.web.forms import carried_out, page, show_on
from contest.web.words import sentence
from question_bank.formats import FORMATS
from question_bank.formats.base import MOST_FILE_MB

MOST_BYTES = MOST_FILE_MB * 1_000_000
MOST_NAME = 120
AGAIN_SECONDS = 2
ACCEPTED = ",".join([*FORMATS, ".txt"])


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "fault_words": fault_words,
        "point_words": point_words,
        "point_place": point_place,
        "import_states": IMPORT_STATES,
    }


@bp.route("/staff/<slug>/banks/<int:bank_id>/import", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
@heavy
def import_file(slug: str, bank_id: int) -> Reply:
    """Upload a file, to be read in the background; what one uploaded lately."""
    desk, form, since = desk_of(slug), ImportForm(), clock.now() - LIFE
    bank = desk.bank(bank_id)
    begun = _begun(desk, bank, form) if form.validate_on_submit() else None
    if begun is not None:
        return redirect(url_for("banks.show_import", slug=slug, bank_id=bank_id, import_id=begun.id), 303)
    recent = queries.recent_imports(db.session(), bank_id, desk.actor.person_id, since)
    values = {"bank": desk.bank(bank_id), "recent": recent, "most": MOST_FILE_MB}
    html, status = page("questions/import.html", form, contest=desk.contest, accept=ACCEPTED, **values)
    return html, 413 if form.is_too_large else status


@bp.get("/staff/<slug>/banks/<int:bank_id>/imports/<int:import_id>")
@seated(Role.QUESTION_SETTER)
def show_import(slug: str, bank_id: int, import_id: int) -> Reply:
    """How far the reading is, then the report, then what came of it."""
    return _import_page(slug, bank_id, import_id, TakeForm())


@bp.post("/staff/<slug>/banks/<int:bank_id>/imports/<int:import_id>")
@seated(Role.QUESTION_SETTER)
def decide_import(slug: str, bank_id: int, import_id: int) -> Reply:
    """Take all of it, only the good questions, or nothing."""
    desk, form = desk_of(slug), TakeForm()
    bank = desk.bank(bank_id)
    if form.act.data == "none":
        return _discarded(desk, bank, import_id, form)
    row = queries.get_import(db.session(), bank_id, import_id, desk.actor.person_id, clock.now() - LIFE)
    imported = _taken(desk, bank, row, form)
    if imported is None:
        return _import_page(slug, bank_id, import_id, form)
    flash(_("Questions imported as your drafts: %(num)d.", num=len(imported.ids)), "ok")
    return redirect(url_for("banks.show_import", slug=slug, bank_id=bank_id, import_id=import_id), 303)


@bp.route("/staff/<slug>/banks/<int:bank_id>/imports/<int:import_id>/undo", methods=["GET", "POST"])
@seated(Role.QUESTION_SETTER)
def undo_import(slug: str, bank_id: int, import_id: int) -> Reply:
    """Ask, then delete the drafts that came of an import."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    row = queries.get_import(db.session(), bank_id, import_id, desk.actor.person_id, clock.now() - LIFE)
    if row.state is ImportState.UNDONE:
        return redirect(url_for("banks.show_import", slug=slug, bank_id=bank_id, import_id=import_id), 303)
    if request.method == "GET":
        return page("questions/import_undo.html", contest=desk.contest, bank=bank, row=row)
    try:
        with unit_of_work() as session:
            number = services.undo_import(session, desk.actor, clock.now(), bank=bank, import_id=import_id)
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        flash(sentence(error), "bad")
        return redirect(url_for("banks.show_import", slug=slug, bank_id=bank_id, import_id=import_id), 303)
    flash(_("The import is taken back. Questions deleted: %(num)d.", num=number), "ok")
    return redirect(url_for("banks.show", slug=slug, bank_id=bank_id), 303)


def _discarded(desk: Desk, bank: Bank, import_id: int, form: TakeForm) -> Reply:
    def act(session: Session) -> str:
        return services.discard_import(session, desk.actor, clock.now(), bank=bank, import_id=import_id)

    key = carried_out(form, act)
    if key is None:
        return _import_page(desk.contest.slug, bank.id, import_id, form)
    _storage().delete(key)
    flash(_("Nothing was imported."), "ok")
    return redirect(url_for("banks.show", slug=desk.contest.slug, bank_id=bank.id), 303)


def _begun(desk: Desk, bank: Bank, form: ImportForm) -> QuestionImport | None:
    upload: FileStorage = form.file.data
    name = PurePath(upload.filename or "").name[-MOST_NAME:]
    let_go()
    try:
        key = _stored(upload)
    except DomainError as error:
        show_on(form, error)
        form.is_too_large = error.code == "file_too_large"
        return None

    def act(session: Session) -> QuestionImport:
        return services.begin_import(session, desk.actor, clock.now(), bank=bank, name=name, key=key)

    begun = carried_out(form, act)
    if begun is None:
        _storage().delete(key)
    return begun


def _stored(upload: FileStorage) -> str:
    key = new_key(reading.IMPORTS)
    try:
        size = _storage().write(key, upload.stream, MOST_BYTES + 1)
    except StorageFullError as error:
        raise DomainError("medium_no_room", field="file") from error
    finally:
        upload.close()
    if size > MOST_BYTES:
        _storage().delete(key)
        raise DomainError("file_too_large", field="file", most=MOST_FILE_MB)
    return key


def _taken(desk: Desk, bank: Bank, row: QuestionImport, form: TakeForm) -> Imported | None:
    import_id = row.id
    key = row.key
    is_read = row.state is ImportState.READ
    let_go()
    try:
        good = reading.good_questions(_storage(), key) if is_read else reading.Good([], [])
    except MissingObjectError:  # decided on in another tab at this moment
        good = reading.Good([], [])

    def act(session: Session) -> Imported:
        return services.take_import(
            session,
            desk.actor,
            clock.now(),
            bank=bank,
            import_id=import_id,
            items=good.items,
            media=good.media,
            has_to_be_faultless=form.act.data != "good",
            renames=form.clashes.data == "rename",
        )

    taken = carried_out(form, act)
    if taken is not None:
        _storage().delete(key)
    return taken


def _import_page(slug: str, bank_id: int, import_id: int, form: TakeForm) -> Reply:
    desk, session, since = desk_of(slug), db.session(), clock.now() - LIFE
    bank = desk.bank(bank_id)
    row = queries.get_import(session, bank_id, import_id, desk.actor.person_id, since)
    shown = partial(page, contest=desk.contest, bank=bank, row=row, until=row.uploaded_at + LIFE)
    if row.state is ImportState.READING:
        progress = queries.progress_of(session, row.work_id)
        return shown("questions/import_reading.html", progress=progress, again=AGAIN_SECONDS)
    if row.state is ImportState.UNDONE:
        return shown("questions/import_undone.html")[0], 410
    if row.state is ImportState.TAKEN:
        may_undo = bool(row.taken) and is_untouched(session, row.taken or [])
        return shown("questions/import_taken.html", form, may_undo=may_undo)
    return shown("questions/import_report.html", form, report=row.report)


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage
