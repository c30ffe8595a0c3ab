"""Pictures and sounds of a bank. Their bytes are stored before and deleted after these functions; the row counts."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contest.actors import Actor
from contest.errors import DomainError, NotAllowed
from contest.questions.models import Bank, QuestionMedium
from contest.questions.policies import may_remove_medium, may_write, seen_author
from contest.questions.queries.media import get_medium, is_shared, media_of_bank, uses_of_media
from contest.questions.services.acts import note_bank

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class NewMedium:
    """What is known of a stored file. Size in bytes, length in ms, frame in pixels; `digest` is its SHA-256 (hex)."""

    digest: str
    key: str
    name: str
    mime: str
    size: int
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None


def add_medium(session: Session, actor: Actor, now: datetime, *, bank: Bank, new: NewMedium) -> QuestionMedium:
    """A picture or sound for the questions of the bank; the one that is there when it was uploaded before."""
    if not may_write(actor, bank.contest_id):
        raise NotAllowed
    present = media_of_bank(session, bank.id, [new.digest]).get(new.digest)
    if present is not None:
        return present
    medium = QuestionMedium(bank_id=bank.id, uploaded_by=actor.person_id, uploaded_at=now, **asdict(new))
    session.add(medium)
    session.flush()
    _note(session, actor, now, bank, "medium.added", medium)
    return medium


def remove_medium(session: Session, actor: Actor, now: datetime, *, bank: Bank, digest: str) -> str | None:
    """Take a medium out of the bank; the key of the stored file that nobody needs any more, for the caller to delete.

    Raises `medium_in_use` with the codes of questions: what any revision shows must stay to be seen.
    """
    author_id = seen_author(actor, bank.contest_id)
    medium = get_medium(session, bank.contest_id, bank.id, digest, author_id)
    if not may_remove_medium(actor, bank.contest_id, medium):
        raise NotAllowed
    codes = [use.code or "…" for use in uses_of_media(session, bank.id, [digest], author_id)[digest]]
    if codes:
        raise DomainError("medium_in_use", questions=", ".join(codes[:MOST_NAMED]), num=len(codes))
    key = None if is_shared(session, medium) else medium.key
    _note(session, actor, now, bank, "medium.removed", medium)
    session.delete(medium)
    session.flush()
    return key


def copy_media(
    session: Session, actor: Actor, now: datetime, *, source: Bank, target: Bank, digests: Collection[str]
) -> None:
    """Give another bank those of these media that a bank has: questions that show them go there. Files are shared."""
    present = media_of_bank(session, target.id, digests)
    for digest, medium in media_of_bank(session, source.id, digests).items():
        if digest not in present:
            values = {name: getattr(medium, name) for name in NewMedium.__slots__}
            session.add(QuestionMedium(bank_id=target.id, uploaded_by=actor.person_id, uploaded_at=now, **values))
    session.flush()


def _note(session: Session, actor: Actor, now: datetime, bank: Bank, act: str, medium: QuestionMedium) -> None:
    """A digest is a detail: as a fact, without salt, it would confirm a guess at the picture."""
    facts = {"medium": medium.id, "mime": medium.mime, "size": medium.size}
    note_bank(session, actor.person_id, now, bank, act, facts, {"name": medium.name, "digest": medium.digest})
