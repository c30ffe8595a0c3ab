"""The texts of a Moodle file, in whichever of its formats, with the pictures and sounds that came along."""

import re

from question_bank.formats.base import MediaFound
from question_bank.formats.html_media import HtmlMedia, file_name, of_base64, without_data
from question_bank.formats.html_text import is_html, text_of_plain
from question_bank.formats.moodle.xml import LONGEST, MEDIUM, OLD_MEDIUM, Element
from question_bank.formats.weighted import WrongAnswers
from question_bank.markup import plain

HTML = "html"
PLAIN = "plain_text"
AUTO = "moodle_auto_format"
_MARKDOWN = "markdown"

_DATA = re.compile(r"data:(?:image|audio)/[a-zA-Z0-9.+-]{1,40};base64,([A-Za-z0-9+/=\s]+)")
_DATA_SIGN = "data:"
_MOST_IN_TEXT = 100
"""Pictures and sounds written into one text."""


class Texts:
    """Reads texts and remembers, by code, what was guessed or lost in those of one question."""

    def __init__(self, media: MediaFound) -> None:
        """Put the media of texts with the others of the file."""
        self._media = HtmlMedia(media)
        self._lost: set[str] = set()

    @property
    def guesses(self) -> set[str]:
        """Return what was guessed or lost."""
        return self._lost | self._media.guesses

    def shown(self, element: Element, default: str = HTML) -> str:
        """Return a text as we write it. Raises WrongAnswers: question_large."""
        return self.shown_as(element.said("text"), element, default)

    def shown_as(self, text: str, element: Element, default: str = HTML) -> str:
        """Return a text in the format, and with the files, of an element. Raises WrongAnswers: question_large."""
        style = element.attributes.get("format", default)
        if text.count(_DATA_SIGN) > _MOST_IN_TEXT:
            raise WrongAnswers("question_large", {"most": LONGEST})
        in_text: dict[str, str] = {}
        parted = without_data(text, _DATA, in_text)
        if len(parted) > LONGEST:
            raise WrongAnswers("question_large", {"most": LONGEST})
        if style == HTML or (style != PLAIN and is_html(parted)):
            files = {_name(file): file.text for file in element.all(MEDIUM)} | in_text
            return self._media.text_of_html(parted, lambda address: files.get(file_name(address)))
        return parted if style == _MARKDOWN else text_of_plain(parted, has_formulas=style != PLAIN)

    def said(self, element: Element, default: str) -> str:
        """Return a text without marks, as lists to choose from and typed answers show it."""
        text = element.said("text")
        return plain(self.shown(element, default)) if element.attributes.get("format", default) != PLAIN else text

    def old_picture(self, question: Element) -> str:
        """Return the mark of the picture that a question of Moodle 1 has, empty when there is none."""
        name, content = question.said("image"), question.said(OLD_MEDIUM)
        if of_base64(content) is None:
            self._lost |= {"medium_missing"} if name else set()
            return ""
        return self._media.mark(name, "", content)


def _name(file: Element) -> str:
    """Return the path by which texts name a file."""
    return f"{file.attributes.get('path', '/')}{file.attributes.get('name', '')}".removeprefix("/")
