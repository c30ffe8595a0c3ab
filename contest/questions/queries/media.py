"""Pictures and sounds of a bank. `author_id` narrows to what one author uploaded or uses; None shows all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, or_, select
from sqlalchemy.orm import Session

from contest.accounts.models import PersonDetails
from contest.errors import NotFound
from contest.i18n import search_key
from contest.paging import Page, page_of
from contest.questions.models import Bank, BankQuestion, QuestionMedium, QuestionRevision
from question_bank.markup import Medium


@dataclass(frozen=True, slots=True)
class MediumRow:
    """A medium in the list of a bank. Length in ms, frame in pixels, size in bytes."""

    digest: str
    name: str
    mime: str
    size: int
    width: int | None
    height: int | None
    duration_ms: int | None
    uploader: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class StoredMedium:
    """Where a medium is stored and how it is shown; the frame is in pixels."""

    key: str
    mime: str
    width: int | None
    height: int | None

    def shown(self, url: str) -> Medium:
        """As the page that fetches it at this address shows it."""
        return Medium(url, "picture" if self.mime.startswith("image/") else "audio", self.width, self.height)


@dataclass(frozen=True, slots=True)
class Use:
    """A question, some revision of which shows a medium: the newest that does.

    One that the reader may not see has no id and no code.
    """

    question_id: int | None
    code: str
    revision_id: int | None = field(default=None, compare=False)


def media_page(
    session: Session, bank_id: int, author_id: int | None, words: str, number: int, *, sort: str, is_descending: bool
) -> Page[MediumRow]:
    """Media of a bank. `sort`: uploaded, name, size. Two statements, and one more for a search."""
    keys = {"uploaded": QuestionMedium.uploaded_at, "name": QuestionMedium.name, "size": QuestionMedium.size}
    key = keys[sort]
    is_wanted = [QuestionMedium.bank_id == bank_id, *_by(author_id)]
    if words:
        is_wanted.append(QuestionMedium.id.in_(_named(session, bank_id, words)))
    statement = (
        select(
            QuestionMedium.digest,
            QuestionMedium.name,
            QuestionMedium.mime,
            QuestionMedium.size,
            QuestionMedium.width,
            QuestionMedium.height,
            QuestionMedium.duration_ms,
            PersonDetails.full_name,
            QuestionMedium.uploaded_at,
        )
        .join(PersonDetails, PersonDetails.person_id == QuestionMedium.uploaded_by)
        .where(*is_wanted)
        .order_by(key.desc() if is_descending else key, QuestionMedium.id)
    )
    return page_of(session, statement, number, make=lambda row: MediumRow(*row))


def get_medium(session: Session, contest_id: int, bank_id: int, digest: str, author_id: int | None) -> QuestionMedium:
    """A medium that one may see. Raises `NotFound`."""
    found = session.scalar(
        select(QuestionMedium)
        .join(Bank, Bank.id == QuestionMedium.bank_id)
        .where(Bank.contest_id == contest_id, Bank.id == bank_id, QuestionMedium.digest == digest, *_by(author_id))
    )
    if found is None:
        raise NotFound
    return found


def media_of_bank(session: Session, bank_id: int, digests: Collection[str]) -> dict[str, QuestionMedium]:
    """Those of these media that the bank has, by their digests. One statement, or none."""
    if not digests:
        return {}
    rows = session.scalars(
        select(QuestionMedium).where(QuestionMedium.bank_id == bank_id, QuestionMedium.digest.in_(digests))
    )
    return {row.digest: row for row in rows}


def all_stored(session: Session, bank_id: int) -> dict[str, StoredMedium]:
    """Every medium of a bank by its digest. One statement."""
    return _stored(session, QuestionMedium.bank_id == bank_id)


def stored_keys(session: Session) -> set[str]:
    """The keys of all stored files of all banks. One statement."""
    return set(session.scalars(select(QuestionMedium.key)))


def stored_media(session: Session, revision_ids: Select[int], digests: Collection[str]) -> dict[str, StoredMedium]:
    """Those of these media that the banks of these revisions have, by their digests. One statement, or none."""
    if not digests:
        return {}
    banks = (
        select(BankQuestion.bank_id)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .where(QuestionRevision.id.in_(revision_ids))
    )
    return _stored(session, QuestionMedium.digest.in_(digests) & QuestionMedium.bank_id.in_(banks))


def _stored(session: Session, is_wanted: ColumnElement[bool]) -> dict[str, StoredMedium]:
    columns = (QuestionMedium.digest, QuestionMedium.key, QuestionMedium.mime)
    rows = session.execute(select(*columns, QuestionMedium.width, QuestionMedium.height).where(is_wanted))
    return {row.digest: StoredMedium(row.key, row.mime, row.width, row.height) for row in rows}


def uses_of_media(
    session: Session, bank_id: int, digests: Iterable[str], author_id: int | None
) -> dict[str, list[Use]]:
    """Where each of these media is used, in any revision of a question of the bank, by code. One statement, or none.

    All that somebody who sees one author's questions may not see are one use.
    """
    uses: dict[str, list[Use]] = {digest: [] for digest in digests}
    if not uses:
        return uses
    text = cast(QuestionRevision.content, String)
    rows = session.execute(
        select(BankQuestion.id, BankQuestion.code, QuestionRevision.id, BankQuestion.created_by, text)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .where(BankQuestion.bank_id == bank_id, text.contains("media:"))
        .order_by(BankQuestion.code, QuestionRevision.number.desc())
    )
    for question_id, code, revision_id, created_by, content in rows:
        use = Use(question_id, code, revision_id) if author_id in {None, created_by} else Use(None, "")
        for digest, found in uses.items():
            if digest in content and use not in found:
                found.append(use)
    return uses


def is_shared(session: Session, medium: QuestionMedium) -> bool:
    """Whether another bank keeps the same stored file."""
    others = select(QuestionMedium.id).where(QuestionMedium.key == medium.key, QuestionMedium.id != medium.id).limit(1)
    return session.scalar(others) is not None


def _by(author_id: int | None) -> tuple[ColumnElement[bool], ...]:
    if author_id is None:
        return ()
    used = (
        select(QuestionRevision.id)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(
            BankQuestion.bank_id == QuestionMedium.bank_id,
            BankQuestion.created_by == author_id,
            cast(QuestionRevision.content, String).contains(QuestionMedium.digest),
        )
        .exists()
    )
    return (or_(QuestionMedium.uploaded_by == author_id, used),)


def _named(session: Session, bank_id: int, words: str) -> list[int]:
    rows = session.execute(select(QuestionMedium.id, QuestionMedium.name).where(QuestionMedium.bank_id == bank_id))
    return [medium_id for medium_id, name in rows if search_key(words) in search_key(name)]
