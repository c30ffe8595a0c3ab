"""A case as judges see it: never a word about who made it."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.errors import NotFound
from contest.judging.domain.redaction import mask
from contest.judging.hooks import BlindAnswer, sources
from contest.judging.models import CaseKind, JudgingCase
from contest.participation.models import Participation
from contest.units.models import Unit


@dataclass(frozen=True, slots=True)
class BlindCase:
    """What a judge reads: the code, the prompt's title, the answers. Typed texts have blocks in place of names."""

    code: str
    kind: CaseKind
    title: str
    answers: tuple[BlindAnswer, ...]

    def answer(self, question: int) -> BlindAnswer:
        """The answer to this question. Raises `NotFound`."""
        for each in self.answers:
            if each.question == question:
                return each
        raise NotFound


@dataclass(frozen=True, slots=True)
class Author:
    """The names that must not be read. They stay within this module and what masks with them."""

    full_name: str
    unit_name: str

    def masked(self, text: str) -> str:
        """The text with blocks in place of these names."""
        return mask(text, self.full_name, self.unit_name)

    def __repr__(self) -> str:
        """Nothing: a trace of an error must not name anybody either."""
        return "Author(…)"


def blind_case(session: Session, case_id: int) -> BlindCase:
    """The case without its author. Raises `NotFound`. Four statements for an entry."""
    case = session.get(JudgingCase, case_id)
    if case is None:
        raise NotFound
    author = author_of(session, case_id)
    content = sources[case.kind].content(session, case.subject_id)
    answers = tuple(replace(answer, text=author.masked(answer.text)) for answer in content.answers)
    return BlindCase(case.code, case.kind, content.title, answers)


def author_of(session: Session, case_id: int) -> Author:
    """The names to mask in the texts of a case: also those of a document, copy by copy. One statement."""
    row = session.execute(
        select(PersonDetails.full_name, Unit.name)
        .select_from(JudgingCase)
        .join(Participation, Participation.id == JudgingCase.participation_id)
        .join(Unit, Unit.id == Participation.unit_id)
        .outerjoin(PersonDetails, PersonDetails.person_id == Participation.person_id)
        .where(JudgingCase.id == case_id)
    ).one()
    return Author(row[0] or "", row[1])
