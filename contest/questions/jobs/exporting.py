"""A bank as a file: its questions, the media that they show, and what each format would lose of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from contest.questions import queries
from contest.questions.models import Bank
from contest.questions.queries.media import media_of_bank
from contest.storage import Storage
from question_bank.formats import FORMATS, Fault, Format
from question_bank.formats import Bank as BankFile
from question_bank.formats.base import MOST_MEDIA_MB
from question_bank.media import media_of


@dataclass(frozen=True, slots=True)
class StoredMedia(Mapping[str, bytes]):
    """Media by their digests, read when a format asks for them: most formats hold none."""

    storage: Storage
    keys_by_digest: Mapping[str, str]

    def __getitem__(self, digest: str) -> bytes:
        """The bytes. Raises `KeyError`, or `MissingObjectError` when the store has lost them."""
        with self.storage.open(self.keys_by_digest[digest]) as file:
            return file.read()

    def __iter__(self) -> Iterator[str]:
        """The digests."""
        return iter(self.keys_by_digest)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.keys_by_digest)


def exported_bank(session: Session, storage: Storage, bank: Bank) -> BankFile:
    """Every question that is not retired, with the media that they show unless these are too large together."""
    entries = tuple(queries.exported_entries(session, bank.id))
    media = media_of_bank(session, bank.id, media_of(question for _, question in entries))
    fit = sum(medium.size for medium in media.values()) <= MOST_MEDIA_MB * 1_000_000
    return BankFile(
        entries,
        bank.name,
        media=StoredMedia(storage, {digest: medium.key for digest, medium in media.items()} if fit else {}),
        limits=queries.exported_limits(session, bank.id),
    )


def losses_of(bank: BankFile) -> dict[str, tuple[Fault, ...]]:
    """What each format, by its extension, can't hold of a bank."""
    return {extension: each.lost(bank) for extension, each in _distinct().items()}


def _distinct() -> dict[str, Format]:
    """Each format under its first extension."""
    found: dict[str, Format] = {}
    for extension, each in FORMATS.items():
        if all(each is not other for other in found.values()):
            found[extension] = each
    return found
