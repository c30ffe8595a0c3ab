"""Files of an entry without a script: sending one in a form, taking it out, seeing the checked copy."""

from mimetypes import guess_extension

from flask import current_app, flash, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from contest import clock
from contest.db import db, unit_of_work
from contest.entries import queries
from contest.entries.domain.limits import FILES, MB, AnswerForm
from contest.entries.domain.upload import HEAD_BYTES, may_be
from contest.entries.labels import files as labels
from contest.entries.models import EntryFile
from contest.entries.services import drafts, files
from contest.entries.views.blueprint import bp, see
from contest.entries.views.tus import storage
from contest.errors import DomainError, NotFound
from contest.storage import StorageFullError, new_key
from contest.web.access import actor, signed_in
from contest.web.bodies import heavy, let_go, send_stored
from contest.web.words import sentence

PLAIN_MAX_MB = 50
BODY_LIMIT = (PLAIN_MAX_MB + 2) * MB

bp.app_template_filter("file_size")(labels.size_words)
bp.app_template_filter("file_length")(labels.length_words)
bp.app_template_global("file_limits")(labels.limits_sentence)
bp.app_template_global("accepted_files")(labels.ACCEPTED.get)


@bp.app_template_global()
def file_fault(file: EntryFile) -> str:
    """Why this file was refused."""
    return labels.fault_sentence(file.fault, file.fault_values)


@bp.url_value_preprocessor
def _limit_body(endpoint: str | None, _values: object) -> None:
    if endpoint == "entries.post_file":
        request.max_content_length = BODY_LIMIT


@bp.record_once
def _check_token_later(state: BlueprintSetupState) -> None:
    """The token of this form is checked by the view: reading it takes in the whole body, which needs a slot."""
    state.app.extensions["csrf"].exempt(post_file)


@bp.post("/entries/<entry_id>/files/<int:question>")
@signed_in
@heavy
def post_file(entry_id: str, question: int) -> Response:
    """Take a file that came in one piece with a form."""
    let_go()
    try:
        current_app.extensions["csrf"].protect()
        _take_in(entry_id, question)
    except RequestEntityTooLarge as error:
        raise files.FileTooBig("plain_file_too_big", max_mb=PLAIN_MAX_MB) from error
    except NotFound:
        raise
    except DomainError as error:
        flash(gettext("Question %(question)s: %(reason)s", question=question, reason=sentence(error)), "bad")
        return see(url_for("entries.room", entry_id=entry_id))  # the sentence stands at its top
    flash(gettext("The file has arrived in full and is being checked."), "ok")
    return see(_place(entry_id, question))


def _take_in(entry_id: str, question: int) -> None:
    sent = request.files.get("file")
    form = AnswerForm(wanted) if (wanted := request.form.get("form", "")) in set(AnswerForm) else AnswerForm.TEXT
    drafts.get_open_entry(db.session(), actor(), clock.now(), entry_id)
    let_go()
    if sent is None or not sent.filename:
        raise DomainError("no_file_chosen", field="file")
    head = sent.stream.read(HEAD_BYTES)
    if head and form in FILES and not may_be(form, head):
        raise DomainError(f"not_{form.value}")
    _keep_whole(entry_id, question, form, sent)


def _keep_whole(entry_id: str, question: int, form: AnswerForm, sent: FileStorage) -> None:
    """Stored first, then begun and finished in one transaction: the file before stays until then."""
    sent.stream.seek(0)
    key = new_key(files.AREA)
    try:
        size = storage().write(key, sent.stream, BODY_LIMIT)
    except StorageFullError as error:
        raise DomainError("storage_full") from error
    try:
        with unit_of_work() as session:
            name, now = sent.filename or "", clock.now()
            file = files.begin_file(session, actor(), now, entry_id, question, form, name, size)
            files.keep_part(session, actor(), now, file.public_id, offset=0, size=size, key=key)
    except DomainError:
        storage().delete(key)
        raise


@bp.get("/entries/<entry_id>/files/<int:question>")
@signed_in
def file_block(entry_id: str, question: int) -> str:
    """The part of the page about one question's file: what the script puts in when the file's state has changed."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    draft = queries.draft_of(db.session(), found.entry.id)
    file = draft.files.get(question)
    wanted = request.args.get("form", file.form.value if file else "")
    if wanted not in labels.ACCEPTED:
        raise NotFound
    return render_template(
        "entries/_file.html",
        entry=found.entry,
        person_id=found.entry.person_id,
        question=question,
        form=AnswerForm(wanted),
        file=file if file and file.form == wanted else None,
        beside=queries.beside(db.session(), draft),
        limits=found.limits,
    )


@bp.route("/entries/<entry_id>/files/<int:question>/removal", methods=["GET", "POST"])
@signed_in
def remove_file(entry_id: str, question: int) -> str | Response:
    """Ask, then take the file out of the draft."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    draft = queries.draft_of(db.session(), found.entry.id)
    file = draft.files.get(question)
    if file is None:
        return see(_place(entry_id, question))
    if request.method == "GET":
        back = _place(entry_id, question)
        kept = queries.beside(db.session(), draft).get(question) if file.state in files.UNSETTLED else None
        values = {"file": file, "kept": kept, "question": question, "back": back}
        return render_template("entries/file_removal.html", found=found, **values)
    with unit_of_work() as session:
        files.discard_file(session, actor(), clock.now(), file.public_id)
    flash(gettext("The file is taken out of the draft."), "ok")
    return see(_place(entry_id, question))


@bp.get("/entries/<entry_id>/files/<file_id>/<int:piece>")
@signed_in
@heavy
def own_copy(entry_id: str, file_id: str, piece: int) -> Response:
    """A piece of the person's own checked copy, whole or in ranges."""
    copy = files.get_own_copy(db.session(), actor(), entry_id, file_id, piece)
    let_go()
    name = f"{copy.question}-{piece + 1}{guess_extension(copy.mime) or ''}"
    return send_stored(storage(), copy.key, copy.mime, name)


def _place(entry_id: str, question: int) -> str:
    return url_for("entries.room", entry_id=entry_id, _anchor=f"q{question}")
