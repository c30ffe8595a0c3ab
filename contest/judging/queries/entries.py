"""Entries as subjects of judging: the version that counts, with the copies of its files."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.contests.models import Group, Round, RulesVersion
from contest.entries.domain.limits import Limits
from contest.entries.models import Entry, EntryFile, EntryVersion, FileState, Prompt, VersionAnswer
from contest.entries.queries import limits_of_version, says_forms
from contest.errors import NotFound
from contest.judging.hooks import BlindAnswer, CaseSource, Content, Piece, Readiness, Subject
from contest.participation.models import Participation

_CHECKING = frozenset({FileState.RECEIVING, FileState.CHECKING})


def standing_entries(session: Session, round_: Round) -> list[Subject]:
    """The version that counts of everybody who is not excluded. One statement."""
    rows = session.execute(
        select(EntryVersion.id, Entry.participation_id, EntryVersion.handed_in_at, EntryFile.state)
        .join(Entry, (Entry.id == EntryVersion.entry_id) & (Entry.standing == EntryVersion.number))
        .join(Participation, Participation.id == Entry.participation_id)
        .outerjoin(VersionAnswer, VersionAnswer.version_id == EntryVersion.id)
        .outerjoin(EntryFile, EntryFile.id == VersionAnswer.file_id)
        .where(Entry.round_id == round_.id, EntryVersion.withdrawn_at.is_(None), Participation.excluded_at.is_(None))
        .order_by(EntryVersion.id)
    )
    return [
        Subject(version_id, participation_id, handed_in_at, _readiness(row.state for row in answers))
        for (version_id, participation_id, handed_in_at), answers in groupby(rows, key=lambda row: row[:3])
    ]


def _readiness(states: Iterable[FileState | None]) -> Readiness:
    found = set(states) - {FileState.READY, None}
    if not found:
        return Readiness.READY
    return Readiness.CHECKING if found <= _CHECKING else Readiness.UNREADABLE


def entry_content(session: Session, version_id: int) -> Content:
    """The prompt and the answers of a version, files by their copies only, and the limits that the rules set then.

    Raises `NotFound`. Two statements.
    """
    found = session.execute(
        select(Prompt, RulesVersion, Group.code)
        .join(EntryVersion, EntryVersion.prompt_id == Prompt.id)
        .join(RulesVersion, RulesVersion.id == EntryVersion.rules_version_id)
        .join(Group, Group.id == Prompt.group_id)
        .where(EntryVersion.id == version_id)
    ).first()
    if found is None:
        raise NotFound
    prompt, rules, group_code = found
    limits = limits_of_version(rules, group_code) if says_forms(rules) else None
    rows = session.execute(
        select(VersionAnswer, EntryFile)
        .outerjoin(EntryFile, EntryFile.id == VersionAnswer.file_id)
        .where(VersionAnswer.version_id == version_id)
        .order_by(VersionAnswer.question)
    )
    return Content(prompt.title, tuple(_answer(prompt, limits, answer, file) for answer, file in rows))


def _answer(prompt: Prompt, limits: Limits | None, answer: VersionAnswer, file: EntryFile | None) -> BlindAnswer:
    wording = prompt.questions[answer.question - 1]
    if file is None:
        return BlindAnswer(answer.question, wording, answer.form.value, answer.text, answer.words, limits=limits)
    return BlindAnswer(
        question=answer.question,
        wording=wording,
        form=answer.form.value,
        words=file.words,
        duration_ms=file.duration_ms,
        pages=file.pages,
        limits=limits,
        pieces=tuple(Piece(each["key"], each["mime"], each["size"]) for each in file.copies),
    )


ENTRY_SOURCE = CaseSource(standing_entries, entry_content)
