"""Pupils of the second sample: they join, write, upload and hand in by the services that their pages call."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.services import GivenPassword, issue_account
from contest.actors import Actor
from contest.contests.models import Contest, Round
from contest.contests.queries import groups_of
from contest.entries.domain.limits import AnswerForm
from contest.entries.jobs import Means, check_file
from contest.entries.models import Entry, EntryFile, FileState, Prompt
from contest.entries.services.drafts import begin_entry, choose_form, choose_prompt, save_text
from contest.entries.services.files import AREA, begin_file, keep_part
from contest.participation.services.joining import join_contest
from contest.samples.making import Files
from contest.samples.people import agree, born
from contest.samples.texts import SampleEntry
from contest.storage import Storage, new_key
from contest.units.queries import find_unit_by_code

ADULT = 18
AT_ONCE = 2


def add_pupil(session: Session, now: datetime, wanted: SampleEntry, password: GivenPassword) -> Actor:
    """An account as a school gives it, with the consents that somebody of this age needs."""
    birth_date = born(now, wanted.age)
    account = issue_account(session, now, full_name=wanted.name, birth_date=birth_date, password=password)
    guardian_name = "" if wanted.age >= ADULT else f"Phụ huynh của {wanted.name}"
    agree(session, now, account.person_id, birth_date, guardian_name=guardian_name)
    return Actor(account.person_id)


def take_part(session: Session, now: datetime, contest: Contest, actor: Actor, group: str, unit_code: str) -> None:
    """Join in the group with this name, for the school with this code."""
    school = find_unit_by_code(session, unit_code)
    assert school is not None
    [group_id] = [each.id for each in groups_of(session, contest.id) if each.name == group]
    join_contest(session, actor, now, contest, group_id=group_id, unit_id=school.id)


def write_entry(
    session: Session, now: datetime, round_: Round, actor: Actor, wanted: SampleEntry, files: Files
) -> Entry:
    """Begin the entry, choose the prompt and give the answers; its files wait for `check_files` then."""
    entry = begin_entry(session, actor, now, round_.public_id)
    prompts = select(Prompt.id).where(Prompt.round_id == round_.id).order_by(Prompt.position)
    [group] = [each for each in groups_of(session, round_.contest_id) if each.name == wanted.group]
    prompt_ids = session.scalars(prompts.where(Prompt.group_id == group.id)).all()
    choose_prompt(session, actor, now, entry.public_id, prompt_ids[wanted.prompt - 1])
    for question, (answer, file) in enumerate(zip(wanted.answers, files, strict=True), start=1):
        if file is None:
            save_text(session, actor, now, entry.public_id, question, answer.text, 0)
        else:
            choose_form(session, actor, now, entry.public_id, question, answer.form)
            _upload(session, now, actor, entry.public_id, question, answer.form, answer.extension, file)
    return entry


def _upload(
    session: Session,
    now: datetime,
    actor: Actor,
    entry_id: str,
    question: int,
    form: AnswerForm,
    extension: str,
    content: bytes,
) -> None:
    storage: Storage = current_app.extensions["storage"]
    name = f"cau-{question}.{extension}"
    file = begin_file(session, actor, now, entry_id, question, form, name, len(content))
    key = new_key(AREA)
    storage.write(key, io.BytesIO(content), len(content))
    keep_part(session, actor, now, file.public_id, offset=0, size=len(content), key=key)


def check_files(session: Session, now: datetime) -> None:
    """Examine every file that waits for it, two at a time, as the worker would a little later."""
    turn = Lock()

    @contextmanager
    def unit() -> Iterator[tuple[Session, datetime]]:
        with turn:
            yield session, now

    waiting = session.scalars(select(EntryFile.id).where(EntryFile.state == FileState.CHECKING)).all()
    with TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        means = Means(unit, lambda: None, current_app.extensions["storage"], Path(folder))
        checks = [pool.submit(copy_context().run, check_file, means, file_id) for file_id in waiting]
        for check in checks:
            check.result()
