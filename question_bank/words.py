"""Words of the interface that come with a kind of question, in both languages."""

from typing import Literal, NamedTuple

Locale = Literal["vi", "en"]


class Words(NamedTuple):
    """The same words in Vietnamese and in English."""

    vi: str
    en: str

    def said(self, locale: Locale) -> str:
        """Return them in one language."""
        return self.vi if locale == "vi" else self.en


TRUE = Words("Đúng", "True")
FALSE = Words("Sai", "False")


def said(text: "str | Words", locale: Locale) -> str:
    """Return words of the interface in one language, and what a committee wrote as it is."""
    return text.said(locale) if isinstance(text, Words) else text
