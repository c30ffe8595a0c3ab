"""The text of an announcement: plain, in paragraphs. What one person is told."""

import re
from dataclasses import dataclass

from contest.i18n import nfc

_BLANK_LINE = re.compile(r"\n{2,}")


def tidied(body: str) -> str:
    """The text in composed Unicode, without stray spaces; lines and blank lines stay."""
    return "\n".join(nfc(line) for line in body.splitlines()).strip()


def paragraphs(body: str) -> list[list[str]]:
    """The lines of each paragraph; a blank line begins a new one."""
    return [paragraph.split("\n") for paragraph in _BLANK_LINE.split(tidied(body)) if paragraph]


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told, in their language. `source` names what of; `letter` is the text for a mailbox."""

    contest_id: int
    person_id: int
    source: str
    title: str
    body: str
    path: str
    letter: str
