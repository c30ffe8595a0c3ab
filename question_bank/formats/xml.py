"""Reading XML from a stranger: nothing is declared, nothing is fetched, and no tree grows that nobody wanted.

Namespaces are left out: a prefix is not needed to know an element, and files that name none for theirs are read, too.
"""

from typing import Protocol
from xml.parsers import expat

from question_bank.formats.base import UnusableFile

MOST_ELEMENTS = 1_000_000
"""In one file; several times what the largest bank needs."""

MOST_DEPTH = 500
"""Of elements inside each other."""

_MOST_MB = 60
"""What the sentence names that refuses more; archives hold no larger files."""


class Listener(Protocol):
    """What hears of the elements of a file, by names without their prefixes."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, name: str) -> None:
        """Hear that an element ends."""

    def text(self, data: str) -> None:
        """Hear a piece of text."""


def walk(content: bytes, listener: Listener, refusal: str) -> None:
    """Tell a listener about a file.

    Raises UnusableFile: unpacks_large; `refusal` for what is no XML or declares entities, and also when the listener
    meets a number or reference that is none.
    """
    Walk(listener, refusal, refusal).feed(content, is_last=True)


class Walk:
    """The way through one file, for whoever wants it in pieces."""

    def __init__(self, listener: Listener, broken: str, unsafe: str) -> None:
        """Begin. Errors are called `broken`, with line and column from 1, and declarations `unsafe`."""
        self._listener, self._broken, self._unsafe = listener, broken, unsafe
        self._elements = self._depth = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = listener.text

    @property
    def line(self) -> int:
        """Return the line, from 1, of what the listener hears just now."""
        return self._parser.CurrentLineNumber

    def feed(self, piece: bytes, *, is_last: bool) -> None:
        """Tell of a piece. Raises UnusableFile: unpacks_large, and what it was begun with."""
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            place: dict[str, str | int] = {"line": error.lineno, "column": error.offset + 1}
            raise UnusableFile(self._broken, place) from None
        except (LookupError, ValueError):  # what its first line says of its encoding, or what the listener can't read
            raise UnusableFile(self._broken, {"line": self.line, "column": 1}) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS or self._depth > MOST_DEPTH:
            raise UnusableFile("unpacks_large", {"most": _MOST_MB})
        local = {_local(key): value for key, value in attributes.items() if not key.startswith("xmlns")}
        self._listener.start(_local(name), local)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._listener.end(_local(name))

    def _refuse(self, *_declaration: object) -> None:
        # No such file declares entities; a hostile one could multiply them without end.
        raise UnusableFile(self._unsafe)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
