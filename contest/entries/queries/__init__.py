"""Reading rounds of entries, drafts, versions and files."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from contest.contests.models import Contest, Group, Round, RoundKind, RulesVersion
from contest.entries.domain.drafts import DraftedAnswer, FileFacts
from contest.entries.domain.limits import Limits, read_limits, value_for
from contest.entries.models import DraftAnswer, Entry, EntryFile, EntryVersion, FileState, Prompt, VersionAnswer
from contest.errors import DomainError, NotFound
from contest.participation.models import Participation

SECTION = "forms"


@dataclass(frozen=True, slots=True)
class RoundPage:
    """An entry round with its contest and the rules in force."""

    round: Round
    contest: Contest
    rules: RulesVersion | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A person's entry with what its pages need of round, contest, participation and group."""

    entry: Entry
    round: Round
    contest: Contest
    participation: Participation
    group: Group
    rules: RulesVersion

    @property
    def limits(self) -> Limits:
        """What the rules in force ask of the person's group. Raises `forms_missing`."""
        return limits_of_version(self.rules, self.group.code)


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft's answers by question, and their files as far as they were not given up."""

    answers: Mapping[int, DraftAnswer]
    files: Mapping[int, EntryFile]

    @property
    def facts(self) -> dict[int, DraftedAnswer]:
        """The same for `domain.drafts.lacks`."""
        return {
            question: DraftedAnswer(answer.form, answer.text, file_facts(self.files.get(question)))
            for question, answer in self.answers.items()
        }


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round with a person's entry, if one was begun, and the version of it that counts, if one does."""

    contest: Contest
    round: Round
    person_id: int
    entry: Entry | None
    version: EntryVersion | None
    is_withdrawn: bool
    is_refused: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version as its author reads it: answers by question, with their files."""

    version: EntryVersion
    prompt: Prompt
    answers: Mapping[int, VersionAnswer]
    files: Mapping[int, EntryFile]


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """How many entries of a contest were begun, and how many stand handed in."""

    begun: int
    standing: int


def says_forms(version: RulesVersion | None) -> bool:
    """Whether this version of the rules says how entries are made."""
    return version is not None and SECTION in version.sections


def limits_of_version(version: RulesVersion | None, group_code: str) -> Limits:
    """The limits that this version of the rules sets for the group with this code. Raises `forms_missing`."""
    if version is None or not says_forms(version):
        raise DomainError("forms_missing")
    return read_limits(value_for(version.sections[SECTION], group_code))


def get_round_page(session: Session, public_id: str) -> RoundPage:
    """An entry round for its page. Raises `NotFound`."""
    row = session.execute(
        select(Round, Contest, RulesVersion)
        .join(Contest, Contest.id == Round.contest_id)
        .outerjoin(RulesVersion, (RulesVersion.contest_id == Contest.id) & (RulesVersion.state == "in_force"))
        .where(Round.public_id == public_id, Round.kind == RoundKind.ENTRY)
    ).first()
    if row is None:
        raise NotFound
    return RoundPage(*row)


def get_entry_page(session: Session, public_id: str, person_id: int) -> EntryPage:
    """A person's own entry. Raises `NotFound`, also for somebody else's."""
    row = session.execute(
        select(Entry, Round, Contest, Participation, Group, RulesVersion)
        .join(Round, Round.id == Entry.round_id)
        .join(Contest, Contest.id == Round.contest_id)
        .join(Participation, Participation.id == Entry.participation_id)
        .join(Group, Group.id == Participation.group_id)
        .join(RulesVersion, (RulesVersion.contest_id == Contest.id) & (RulesVersion.state == "in_force"))
        .where(Entry.public_id == public_id, Entry.person_id == person_id)
    ).first()
    if row is None:
        raise NotFound
    return EntryPage(*row)


def own_rounds(session: Session, participation_id: int) -> list[OwnRound]:
    """Every entry round of the contest that a person takes part in, with what is theirs. One statement."""
    own = EntryVersion.entry_id == Entry.id
    is_withdrawn = exists().where(own, EntryVersion.withdrawn_at.is_not(None))
    counts = aliased(EntryVersion)
    of_version = VersionAnswer.version_id == counts.id
    is_refused = exists().where(of_version, VersionAnswer.file_id == EntryFile.id, EntryFile.state == FileState.REFUSED)
    rows = session.execute(
        select(Contest, Round, Participation.person_id, Entry, counts, is_withdrawn, is_refused)
        .join(Round, Round.contest_id == Contest.id)
        .join(Participation, Participation.contest_id == Contest.id)
        .outerjoin(Entry, (Entry.round_id == Round.id) & (Entry.participation_id == Participation.id))
        .outerjoin(counts, (counts.entry_id == Entry.id) & (counts.number == Entry.standing))
        .where(Participation.id == participation_id, Round.kind == RoundKind.ENTRY, Round.released_at.is_not(None))
        .order_by(Round.opens_at, Round.id)
    )
    return [OwnRound(*row) for row in rows]


def find_entry(session: Session, round_id: int, person_id: int) -> Entry | None:
    """A person's entry in a round, if one was begun."""
    return session.scalar(select(Entry).where(Entry.round_id == round_id, Entry.person_id == person_id))


def draft_of(session: Session, entry_id: int) -> Draft:
    """Everything in the draft, whichever prompt it was written for. One statement."""
    rows = session.execute(
        select(DraftAnswer, EntryFile)
        .outerjoin(EntryFile, (EntryFile.id == DraftAnswer.file_id) & (EntryFile.state != FileState.DISCARDED))
        .where(DraftAnswer.entry_id == entry_id)
        .order_by(DraftAnswer.question)
        .execution_options(populate_existing=True)
    ).all()
    return Draft(
        {answer.question: answer for answer, _file in rows},
        {answer.question: file for answer, file in rows if file is not None},
    )


def beside(session: Session, draft: Draft) -> dict[int, EntryFile]:
    """Of each question at most one file besides the draft's own. One statement.

    Beneath a file that is not yet known to be good: the good one that stays until then. Beside a good file: a later
    one that was to replace it and was refused.
    """
    current = draft.files
    others = select(EntryFile).where(
        EntryFile.entry_id.in_({file.entry_id for file in current.values()}),
        EntryFile.id.not_in([file.id for file in current.values()]),
        EntryFile.state.in_([FileState.READY, FileState.REFUSED]),
    )
    found: dict[int, EntryFile] = {}
    for other in session.scalars(others.order_by(EntryFile.id)) if current else ():
        file = current.get(other.question)
        if file and (other.state, other.id > file.id) == _BESIDE.get(file.state):
            found[other.question] = other
    return found


_BESIDE = {
    FileState.RECEIVING: (FileState.READY, False),
    FileState.CHECKING: (FileState.READY, False),
    FileState.READY: (FileState.REFUSED, True),
}


def file_facts(file: EntryFile | None) -> FileFacts | None:
    """A file as the domain sees it. One that is still examined was received in time and may be handed in."""
    if file is None:
        return None
    return FileFacts(
        file.form, file.state is FileState.RECEIVING, file.fault, file.fault_values, file.size, file.content
    )


def versions_of(session: Session, entry_id: int) -> list[EntryVersion]:
    """Everything that was handed in, newest first."""
    return list(
        session.scalars(
            select(EntryVersion).where(EntryVersion.entry_id == entry_id).order_by(EntryVersion.number.desc())
        )
    )


def version_page(session: Session, entry_id: int, number: int) -> VersionPage:
    """One version with its answers and files. Raises `NotFound`. Two statements."""
    row = session.execute(
        select(EntryVersion, Prompt)
        .join(Prompt, Prompt.id == EntryVersion.prompt_id)
        .where(EntryVersion.entry_id == entry_id, EntryVersion.number == number)
    ).first()
    if row is None:
        raise NotFound
    version, prompt = row
    answers = session.execute(
        select(VersionAnswer, EntryFile)
        .outerjoin(EntryFile, EntryFile.id == VersionAnswer.file_id)
        .where(VersionAnswer.version_id == version.id)
        .order_by(VersionAnswer.question)
    ).all()
    return VersionPage(
        version,
        prompt,
        {answer.question: answer for answer, _file in answers},
        {answer.question: file for answer, file in answers if file is not None},
    )


def refused_versions(session: Session, entry_id: int) -> dict[int, list[int]]:
    """Numbers of versions with questions whose file was examined after the hand-in and refused. One statement."""
    rows = session.execute(
        select(EntryVersion.number, VersionAnswer.question)
        .join(VersionAnswer, VersionAnswer.version_id == EntryVersion.id)
        .join(EntryFile, EntryFile.id == VersionAnswer.file_id)
        .where(EntryVersion.entry_id == entry_id, EntryFile.state == FileState.REFUSED)
        .order_by(EntryVersion.number, VersionAnswer.question)
    ).all()
    return {
        number: [question for _number, question in found] for number, found in groupby(rows, key=lambda row: row[0])
    }


def entry_counts(session: Session, contest_id: int) -> EntryCounts:
    """Counts over the rounds of a contest. One statement."""
    begun, standing = session.execute(
        select(func.count(Entry.id), func.count(Entry.standing))
        .join(Round, Round.id == Entry.round_id)
        .where(Round.contest_id == contest_id)
    ).one()
    return EntryCounts(begun, standing)


def standing_count(session: Session, round_ids: list[int]) -> int:
    """How many entries stand handed in, in these rounds."""
    return session.scalar(select(func.count()).where(Entry.round_id.in_(round_ids), Entry.standing.is_not(None))) or 0
