"""The room in which an entry is made: prompt, answers, what is still missing."""

from dataclasses import dataclass
from typing import Any

from flask import Response, flash, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from contest import clock
from contest.contests.domain import Phase, phase
from contest.contests.queries import timetable_of
from contest.db import db, unit_of_work
from contest.entries import queries
from contest.entries.domain.drafts import Missing
from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.words import count_words
from contest.entries.labels.files import fault_sentence
from contest.entries.labels.words import missing_sentence
from contest.entries.models import DraftAnswer, EntryFile, Prompt
from contest.entries.queries import Draft, EntryPage
from contest.entries.queries.prompts import prompts_of
from contest.entries.services import drafts
from contest.entries.services.drafts import QUESTIONS_MAX
from contest.entries.services.versions import read_draft
from contest.entries.views.blueprint import bp, see
from contest.errors import DomainError
from contest.i18n import show_time
from contest.web.access import actor, signed_in
from contest.web.failures import failure
from contest.web.forms import page
from contest.web.words import sentence

DRAFT_LIMIT = 8 * 1024 * 1024
"""Of the whole form: every question with the longest text there may be."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form without JavaScript said of one answer that was not stored, and why."""

    text: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class Said:
    """What the script says of one answer: its form, its text over a revision, or both."""

    form: AnswerForm | None
    text: str | None
    revision: int


@bp.url_value_preprocessor
def _allow_body(endpoint: str | None, _values: object) -> None:
    """Said here, since the CSRF check reads the body before the view runs."""
    if endpoint == "entries.save_draft":
        request.max_content_length = request.max_form_memory_size = DRAFT_LIMIT


@bp.get("/entries/<entry_id>")
@signed_in
def room(entry_id: str) -> Response:
    """The draft: readable, writable and ready to hand in without JavaScript."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    if not is_open(found):
        return see(url_for("entries.round_page", round_id=found.round.public_id))
    return _room_reply(found, {})


def is_open(found: EntryPage) -> bool:
    """Whether anything of the entry may change now."""
    return phase(timetable_of(found.round), clock.now()) is Phase.OPEN and found.participation.excluded_at is None


def _room_reply(found: EntryPage, typed: dict[int, Typed]) -> Response:
    session, entry = db.session(), found.entry
    prompt, draft, missing = read_draft(session, entry, found.participation, found.limits)
    versions = queries.versions_of(session, entry.id)
    html, _status = page(
        "entries/room.html",
        found=found,
        entry=entry,
        limits=found.limits,
        prompts=prompts_of(session, found.round.id, found.participation.group_id),
        prompt=prompt,
        draft=draft,
        beside=queries.beside(session, draft),
        typed=typed,
        versions=versions,
        refused=queries.refused_versions(session, entry.id) if versions else {},
        todo=todo_lines(prompt, missing),
        sentence=sentence,
        person_id=entry.person_id,
        now=clock.now(),
    )
    response = make_response(html, 409 if typed else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def todo_lines(prompt: Prompt | None, missing: list[Missing]) -> list[tuple[str, str, str]]:
    """The list beside the draft: tone, sentence, and where to put it right."""
    if prompt is None:
        return [("open", missing_sentence(missing[0]), "#prompts")]
    lines = [("ok", gettext("A prompt is chosen"), "")]
    open_ones = {each.question: each for each in missing}
    for question in range(1, len(prompt.questions) + 1):
        lack = open_ones.get(question)
        if lack is None:
            lines.append(("ok", gettext("Question %(question)s is answered", question=question), ""))
        else:
            tone = "open" if lack.code in {"answer_missing", "answer_file_missing"} else "wait"
            lines.append((tone, missing_sentence(lack), f"#q{question}"))
    return lines


@bp.post("/entries/<entry_id>/draft")
@signed_in
def save_draft(entry_id: str) -> Response:
    """Everything typed, from a form without JavaScript: saved as far as it can be, the rest shown again."""
    typed: dict[int, Typed] = {}
    now = clock.now()
    with unit_of_work() as unit:
        held = drafts.get_open_entry(unit, actor(), now, entry_id)
        for question in range(1, QUESTIONS_MAX + 1):
            _save_question(unit, entry_id, question, request.form, typed)
        if "prompt" in request.form:
            drafts.choose_prompt(unit, actor(), now, entry_id, _number(request.form["prompt"]))
    if typed:
        return _room_reply(queries.get_entry_page(db.session(), entry_id, actor().person_id), typed)
    if request.form.get("go") == "review":
        return see(url_for("entries.review", entry_id=entry_id))
    if held.entry.prompt_id is None:
        flash(sentence(DomainError("prompt_unknown")), "bad")
    else:
        flash(gettext("Saved at %(time)s.", time=show_time(now)), "ok")
    return see(url_for("entries.room", entry_id=entry_id))


def _save_question(
    unit: Session, entry_id: str, question: int, form: MultiDict[str, str], typed: dict[int, Typed]
) -> None:
    chosen, text = form.get(f"form-{question}"), form.get(f"text-{question}")
    if chosen in set(AnswerForm):
        drafts.choose_form(unit, actor(), clock.now(), entry_id, question, AnswerForm(chosen))
    if text is None:
        return
    revision = _number(form.get(f"revision-{question}", ""))
    try:
        drafts.save_text(unit, actor(), clock.now(), entry_id, question, text, revision)
    except DomainError as error:
        if error.field != "text":
            raise
        typed[question] = Typed(text, error)


def _number(text: str) -> int:
    """A number of our own page; 0, which names nothing, for whatever else somebody sends."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@bp.post("/entries/<entry_id>/answers/<int:question>")
@signed_in
def save_answer(entry_id: str, question: int) -> Response:
    """One answer from the page's script: `{"text", "revision"}` or `{"form"}`, or both."""
    try:
        said = _read_said(request.get_json(silent=True))
    except (BadRequest, AttributeError, KeyError, TypeError, ValueError):
        return failure(400, "", gettext("The request could not be understood."), "bad_request")
    try:
        with unit_of_work() as unit:
            answer = _save_said(unit, entry_id, question, said)
    except DomainError as error:
        if error.code != "draft_conflict":
            raise
        return failure(409, "", sentence(error), error.code, **error.values)
    return jsonify(
        revision=answer.revision,
        words=count_words(answer.text),
        saved_at=answer.saved_at.isoformat(),
        time=show_time(clock.now()),
    )


def _read_said(body: Any) -> Said:
    """Raises one of several errors for what no page of ours sends."""
    form = AnswerForm(body["form"]) if "form" in body else None
    text, revision = body.get("text"), body.get("revision", 0)
    if type(revision) is not int or not (isinstance(text, str) or (text is None and form is not None)):
        raise BadRequest
    return Said(form, text, revision)


def _save_said(unit: Session, entry_id: str, question: int, said: Said) -> DraftAnswer:
    if said.form is not None:
        answer = drafts.choose_form(unit, actor(), clock.now(), entry_id, question, said.form)
    if said.text is not None:
        answer = drafts.save_text(unit, actor(), clock.now(), entry_id, question, said.text, said.revision)
    return answer


@bp.get("/entries/<entry_id>/status")
@signed_in
def status(entry_id: str) -> Response:
    """How the files stand and what is still missing; `todo` is the list as markup. Asked by the page's scripts."""
    found = queries.get_entry_page(db.session(), entry_id, actor().person_id)
    prompt, draft, missing = read_draft(db.session(), found.entry, found.participation, found.limits)
    response = jsonify(
        is_open=is_open(found),
        is_complete=not missing,
        files={question: _file_state(file) for question, file in draft.files.items()},
        revisions=_revisions(draft),
        todo=render_template("entries/_todo.html", todo=todo_lines(prompt, missing)),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _file_state(file: EntryFile) -> dict[str, object]:
    return {
        "id": file.public_id,
        "form": file.form.value,
        "name": file.name,
        "size": file.size,
        "received": file.received,
        "state": file.state.value,
        "fault": fault_sentence(file.fault, file.fault_values) if file.fault else "",
    }


def _revisions(draft: Draft) -> dict[int, int]:
    return {question: answer.revision for question, answer in draft.answers.items()}
