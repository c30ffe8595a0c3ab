"""Pictures and sounds of a bank: uploading, finding, seeing and removing them."""

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from contest import clock
from contest.contests.models import Contest, Role
from contest.db import db, unit_of_work
from contest.errors import DomainError
from contest.media import scratch
from contest.questions import jobs
from contest.questions.forms import MediumForm
from contest.questions.models import Bank, LookAct
from contest.questions.policies import DESK
from contest.questions.queries import media as queries
from contest.questions.services import media as services
from contest.questions.views.desk import Reply, bp, desk_of, witnessed
from contest.storage import Storage, StorageFullError, new_key
from contest.web.access import seated
from contest.web.bodies import heavy, let_go, send_named
from contest.web.forms import carried_out, page, show_on
from contest.web.listing import Listing, asked
from contest.web.words import sentence
from question_bank.markup import FindMedium, Medium

MOST_BODY = (jobs.MOST_MB + 1) * jobs.MB


@bp.url_value_preprocessor
def _let_media_in(endpoint: str | None, _values: object) -> None:
    """Said here since the CSRF check reads the body before the view runs."""
    if endpoint == "banks.upload_medium":
        request.max_content_length = MOST_BODY


@bp.context_processor
def _finders() -> dict[str, object]:
    return {"media_of": media_of}


def media_of(contest: Contest, bank: Bank) -> FindMedium:
    """The media of a bank at the addresses where its committee fetches them. One statement, when the first is asked."""
    found = cache(partial(queries.all_stored, db.session(), bank.id))

    def find(digest: str) -> Medium | None:
        stored = found().get(digest)
        url = url_for("banks.medium", slug=contest.slug, bank_id=bank.id, digest=digest)
        return stored.shown(url) if stored else None

    return find


@bp.get("/staff/<slug>/banks/<int:bank_id>/media")
@seated(*DESK)
def media(slug: str, bank_id: int) -> Reply:
    """Every picture and sound that the reader may see, with what to copy into a question."""
    return _media_page(slug, bank_id, MediumForm())


@bp.post("/staff/<slug>/banks/<int:bank_id>/media")
@seated(Role.QUESTION_SETTER)
@heavy
def upload_medium(slug: str, bank_id: int) -> Reply:
    """Store a picture or sound, encoded anew."""
    desk, form = desk_of(slug), MediumForm()
    bank = desk.bank(bank_id)
    if not form.validate_on_submit():
        return _media_page(slug, bank_id, form)
    let_go()
    try:
        new = _stored(form)
    except DomainError as error:
        show_on(form, error)
        return _media_page(slug, bank_id, form)
    added = carried_out(form, lambda session: services.add_medium(session, desk.actor, clock.now(), bank=bank, new=new))
    if added is None or added.key != new.key:
        _storage().delete(new.key)
    if added is None:
        return _media_page(slug, bank_id, form)
    if added.uploaded_by == desk.actor.person_id:
        flash(_("The file is uploaded. Copy its code into the question."), "ok")
    else:  # the list does not show what somebody else uploaded before
        flash(_("The file is uploaded. Its code for the question: %(code)s", code=_code(new.name, added.digest)), "ok")
    return redirect(url_for("banks.media", slug=slug, bank_id=bank_id, _anchor=f"m-{added.digest[:12]}"), 303)


@bp.get("/staff/<slug>/banks/<int:bank_id>/media/<string(length=64):digest>")
@seated(*DESK)
@heavy
def medium(slug: str, bank_id: int, digest: str) -> Response:
    """The picture or sound itself, whole or in ranges."""
    desk = desk_of(slug)
    found = queries.get_medium(db.session(), desk.contest.id, bank_id, digest, desk.author_id)
    let_go()
    return send_named(_storage(), found.key, found.mime, digest)


@bp.route("/staff/<slug>/banks/<int:bank_id>/media/<string(length=64):digest>/removal", methods=["GET", "POST"])
@seated(*DESK)
def remove_medium(slug: str, bank_id: int, digest: str) -> Reply:
    """Ask, then take a file out of the bank that no question uses."""
    desk = desk_of(slug)
    bank = desk.bank(bank_id)
    found = queries.get_medium(db.session(), desk.contest.id, bank_id, digest, desk.author_id)
    if request.method == "GET":
        uses = queries.uses_of_media(db.session(), bank_id, [digest], desk.author_id)[digest]
        return page("questions/medium_removal.html", contest=desk.contest, bank=bank, medium=found, uses=uses)
    try:
        with unit_of_work() as session:
            key = services.remove_medium(session, desk.actor, clock.now(), bank=bank, digest=digest)
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        flash(sentence(error), "bad")
    else:
        if key is not None:
            _storage().delete(key)
        flash(_("The file is removed."), "ok")
    return redirect(url_for("banks.media", slug=slug, bank_id=bank_id), 303)


@dataclass(frozen=True, slots=True)
class ShownMedium:
    """A row of the list with where it is used and whether the reader may remove it."""

    row: queries.MediumRow
    uses: list[queries.Use]

    @property
    def is_picture(self) -> bool:
        """Else it is a sound."""
        return self.row.mime.startswith("image/")

    @property
    def seconds(self) -> int:
        """How long a sound lasts."""
        return (self.row.duration_ms or 0) // 1000

    @property
    def code(self) -> str:
        """What to copy into a question."""
        return _code(self.row.name, self.row.digest)


def _media_page(slug: str, bank_id: int, form: MediumForm) -> Reply:
    desk, session, wish = desk_of(slug), db.session(), asked("-uploaded", "name", "size")
    bank = desk.bank(bank_id)
    found = queries.media_page(
        session,
        bank_id,
        desk.author_id,
        wish.words,
        wish.number,
        sort=wish.sort,
        is_descending=wish.is_descending,
    )
    uses = queries.uses_of_media(session, bank_id, [row.digest for row in found.rows], desk.author_id)
    shown = page(
        "questions/media.html",
        form,
        contest=desk.contest,
        rights=desk,
        bank=bank,
        listing=Listing(found, wish),
        shown=[ShownMedium(row, uses[row.digest]) for row in found.rows],
        most_mb=jobs.MOST_MB,
        most_minutes=jobs.MOST_MINUTES,
    )
    in_sight = {use.revision_id for found in uses.values() for use in found if use.revision_id is not None}
    return witnessed(shown, desk, LookAct.FOUND, in_sight)


def _stored(form: MediumForm) -> services.NewMedium:
    """The uploaded file, made fit and stored. Raises `DomainError` of the field `file`."""
    upload: FileStorage = form.file.data
    with scratch(current_app.config["SETTINGS"].data) as name:
        source, folder = Path(name) / "source", Path(name) / "made"
        folder.mkdir()
        upload.save(source)
        made = jobs.prepare_medium(source, folder)
        key = new_key(jobs.AREA)
        try:
            _storage().put(key, made.path)
        except StorageFullError as error:
            raise DomainError("medium_no_room", field="file") from error
    return services.NewMedium(
        digest=made.digest,
        key=key,
        name=_name(form.name.data or ""),
        mime=made.mime,
        size=made.size,
        width=made.facts.width,
        height=made.facts.height,
        duration_ms=made.facts.duration_ms,
    )


def _code(name: str, digest: str) -> str:
    return f"![{name}](media:{digest})"


def _name(typed: str) -> str:
    """What stands in the square brackets of the code."""
    return "".join(each for each in typed if each.isprintable() and each not in "[]").strip()


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage
