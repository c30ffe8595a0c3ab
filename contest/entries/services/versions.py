"""Handing in, withdrawing, and what counts. Every version is kept; at most one of an entry counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.contests.queries import rules_in_force
from contest.entries.domain.drafts import Missing, lacks
from contest.entries.domain.limits import AnswerForm, Limits
from contest.entries.domain.versions import Answer, Handed, counting_version, version_digest
from contest.entries.domain.words import count_words
from contest.entries.models import DraftAnswer, Entry, EntryFile, EntryVersion, Prompt, VersionAnswer
from contest.entries.queries import Draft, draft_of, limits_of_version, refused_versions, versions_of
from contest.entries.services.drafts import ensure_consent, get_open_entry
from contest.errors import DomainError
from contest.participation.models import Participation
from contest.participation.services.joining import freeze_participation


def hand_in(session: Session, actor: Actor, now: datetime, entry_public_id: str, *, is_committed: bool) -> EntryVersion:
    """Make the draft a version, the one that counts from now on. The version that stands, when nothing has changed.

    The lock on the entry keeps two hand-ins apart. Raises `commitment_missing`, `entry_incomplete` (count),
    `consent_missing`, `forms_missing` and what `get_open_entry` raises.
    """
    held = get_open_entry(session, actor, now, entry_public_id)
    ensure_consent(session, actor, now)
    rules = rules_in_force(session, held.contest.id)
    limits = limits_of_version(rules, held.group.code)
    assert rules is not None
    if not is_committed:
        raise DomainError("commitment_missing", field="is_committed")
    prompt, draft, missing = read_draft(session, held.entry, held.participation, limits)
    if missing or prompt is None:
        raise DomainError("entry_incomplete", count=len(missing))
    answers = [_version_answer(draft.answers[number]) for number in range(1, len(prompt.questions) + 1)]
    standing = _standing(session, held.entry)
    if standing is not None and _is_same(session, standing, prompt, answers):
        return standing
    version = EntryVersion(
        entry_id=held.entry.id,
        number=(session.scalar(select(func.max(EntryVersion.number)).filter_by(entry_id=held.entry.id)) or 0) + 1,
        prompt_id=prompt.id,
        rules_version_id=rules.id,
        commitment=limits.commitment,
        digest=version_digest(prompt.id, [_named(each, draft.files) for each in answers]),
        handed_in_at=now,
    )
    _store(session, version, answers)
    held.entry.standing, held.entry.changed_at = version.number, now
    freeze_participation(session, held.participation, now)
    session.flush()
    return version


def withdraw(session: Session, actor: Actor, now: datetime, entry_public_id: str) -> EntryVersion:
    """Take back what counts, so that nothing does until the next hand-in. Raises `nothing_handed_in`."""
    held = get_open_entry(session, actor, now, entry_public_id)
    standing = _standing(session, held.entry)
    if standing is None:
        raise DomainError("nothing_handed_in")
    standing.withdrawn_at = now
    held.entry.standing, held.entry.changed_at = None, now
    session.flush()
    return standing


def count_again(session: Session, entry: Entry) -> None:
    """A file of the entry was refused: what counts now may be an earlier version. What was withdrawn stays so."""
    if entry.standing is None:
        return
    refused = refused_versions(session, entry.id)
    entry.standing = counting_version(
        [
            Handed(each.number, each.withdrawn_at is not None, each.number in refused)
            for each in versions_of(session, entry.id)
        ]
    )
    session.flush()


def read_draft(
    session: Session, entry: Entry, participation: Participation, limits: Limits
) -> tuple[Prompt | None, Draft, list[Missing]]:
    """The chosen prompt, the draft, and what it lacks. Whoever has changed groups since has to choose again."""
    prompt = session.get(Prompt, entry.prompt_id) if entry.prompt_id is not None else None
    if prompt is not None and prompt.group_id != participation.group_id:
        prompt = None
    draft = draft_of(session, entry.id)
    return prompt, draft, lacks(len(prompt.questions) if prompt else None, draft.facts, limits)


def _standing(session: Session, entry: Entry) -> EntryVersion | None:
    if entry.standing is None:
        return None
    return session.scalar(
        select(EntryVersion).where(EntryVersion.entry_id == entry.id, EntryVersion.number == entry.standing)
    )


def _version_answer(answer: DraftAnswer) -> VersionAnswer:
    if answer.form is AnswerForm.TEXT:
        return VersionAnswer(
            question=answer.question, form=answer.form, text=answer.text, words=count_words(answer.text), file_id=None
        )
    return VersionAnswer(question=answer.question, form=answer.form, text="", words=None, file_id=answer.file_id)


def _is_same(session: Session, version: EntryVersion, prompt: Prompt, answers: Sequence[VersionAnswer]) -> bool:
    if version.prompt_id != prompt.id:
        return False
    stored = session.scalars(
        select(VersionAnswer).where(VersionAnswer.version_id == version.id).order_by(VersionAnswer.question)
    )
    return [_content(each) for each in stored] == [_content(each) for each in answers]


def _content(answer: VersionAnswer) -> tuple[object, ...]:
    return answer.question, answer.form, answer.text, answer.file_id


def _named(answer: VersionAnswer, files: Mapping[int, EntryFile]) -> Answer:
    """A file by the digest of its content; while that is still examined, by its id, which stands for nothing else."""
    file = files.get(answer.question) if answer.file_id is not None else None
    return Answer(answer.question, answer.form, answer.text, (file.digest or file.public_id) if file else "")


def _store(session: Session, version: EntryVersion, answers: Sequence[VersionAnswer]) -> None:
    session.add(version)
    session.flush()
    for answer in answers:
        answer.version_id = version.id
    session.add_all(answers)
