"""What is said about a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["video", "audio", "picture", "document", "other"]
Fault = Literal["unreadable", "truncated", "too_complex", "encrypted"]

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(eq=False)
class UnreadableMediaError(Exception):
    """The file can't be used, for the reason that `code` names."""

    code: Fault


@dataclass(frozen=True, slots=True)
class Facts:
    """What the content of a file says, never its name. "other" is a healthy file of a form that is not taken.

    The length is of what the file really holds, in ms. The frame is in pixels as shown: a clip of a phone held upright
    is higher than wide; a picture has one as well. Words are counted between spaces; pages are known of a PDF only.
    """

    kind: Kind
    mime: str
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    words: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One derived copy, or one of several that follow each other."""

    path: Path
    mime: str
