"""The text of an announcement: plain, in paragraphs."""

import re

from contest.i18n import nfc

_BLANK_LINE = re.compile(r"\n{2,}")


def tidied(body: str) -> str:
    """The text in composed Unicode, without stray spaces; lines and blank lines stay."""
    return "\n".join(nfc(line) for line in body.splitlines()).strip()


def paragraphs(body: str) -> list[list[str]]:
    """The lines of each paragraph; a blank line begins a new one."""
    return [paragraph.split("\n") for paragraph in _BLANK_LINE.split(tidied(body)) if paragraph]
