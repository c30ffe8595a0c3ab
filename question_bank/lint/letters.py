"""Letters that are not what they seem: invisible, of another alphabet, of an old font, of a wrong encoding."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from question_bank.lint.remark import Remark
from question_bank.text import piles_marks

_MOST_NAMED = 3

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LATIN_TWINS = re.compile("[АВЕЅІЈКМНОРСТУХаеорсухѕіјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοⲟ]")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u2c80-\u2cff]")
# Ð (eth) and Ɖ look like Đ; ǎ looks like ă, which unlike that of pinyin has a consonant after it.
_VIETNAMESE_TWINS = re.compile("[ÐƉ]|[Ǎǎ](?=[cmnptCMNPT])")
_STRANGE = re.compile("[ÐƉǍǎ\u0370-\u03ff\u0400-\u052f\u2c80-\u2cff]")
_PINYIN = re.compile("[āēīōūǖǘǚǜǐǒǔ]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")

# UTF-8 that was read as Windows-1252: "Cá»™ng hÃ²a".
_READ_AS_1252 = re.compile("(?:á[º»]|Ã[\u0080-\u00bf’“”€™œŒšŠžŽŸ]|Ä[‘\u0090\u0091ƒ]|Æ[°¡¯]|â€|\ufffd)")
# Characters that the old fonts draw as Vietnamese letters, and that no Vietnamese word has in Unicode.
_OLD_FONT = re.compile("[¨©ª«¬®µ¶·¸¹»¼½¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")
_LEAST_OLD_WORDS = 3
_OLD_SHARE = 3
"""One word in so many has to look odd: French and German texts have fewer."""


def letter_remarks(text: str, field: str = "") -> list[Remark]:
    """Return what is odd about the letters of a text, each kind of oddness once."""
    if text.isascii():
        return []
    found = (rule(text) for rule in _RULES)
    return [Remark(remark.code, field, remark.values) for remark in found if remark is not None]


def raw_remarks(text: str) -> list[Remark]:
    """Return what is odd about a text as it was typed or read, before `question_bank.text.clean`."""
    mixed = [Remark("forms_mixed", severity="mild")] if mixes_forms(text) else []
    return mixed + letter_remarks(unicodedata.normalize("NFC", text))


def mixes_forms(text: str) -> bool:
    """Say whether a text has both composed and decomposed letters."""
    return not piles_marks(text) and not (
        unicodedata.is_normalized("NFC", text) or unicodedata.is_normalized("NFD", text)
    )


def _invisible(text: str) -> Remark | None:
    found = _INVISIBLE.findall(text)
    return Remark("invisible_letters", values={"names": _named(found)}) if found else None


def _private(text: str) -> Remark | None:
    found = _PRIVATE.findall(text)
    return Remark("private_letters", values={"names": _named(found)}) if found else None


def _lookalike(text: str) -> Remark | None:
    """Find a word in two alphabets, one that only seems Latin in a text without the other alphabet, a false Đ or ă.

    Units and formulas (µm, kΩ, Δt) do not count: their letters look like no Latin ones.
    """
    if not _STRANGE.search(text):
        return None
    twin = _VIETNAMESE_TWINS.search(text)
    if twin and not _PINYIN.search(text):
        word = next(word for word in _WORD.findall(text) if twin[0] in word)
        return Remark("lookalike_letters", values={"word": word, "names": _named(twin[0])})
    words = [word for word in _WORD.findall(text) if _FOREIGN.search(word)]
    has_real_foreign = any(set(_FOREIGN.findall(word)) > set(_LATIN_TWINS.findall(word)) for word in words)
    for word in words:
        twins = _LATIN_TWINS.findall(word)
        if twins and (_LATIN.search(word) or not has_real_foreign):
            return Remark("lookalike_letters", values={"word": word, "names": _named(twins)})
    return None


def _broken(text: str) -> Remark | None:
    if not _READ_AS_1252.search(text):
        return None
    word = next((word for word in text.split() if _READ_AS_1252.search(word)), text)
    return Remark("broken_encoding", values={"word": word})


def _old(text: str) -> Remark | None:
    if not _OLD_FONT.search(text) or _broken(text):
        return None
    words = [word for word in text.split() if _LATIN.search(word)]
    odd = [word for word in words if _OLD_FONT.search(word.strip("«»®©"))]
    if len(odd) < _LEAST_OLD_WORDS or len(odd) * _OLD_SHARE < len(words):
        return None
    return Remark("old_font", values={"word": " ".join(odd[:_MOST_NAMED])})


_RULES: tuple[Callable[[str], Remark | None], ...] = (_invisible, _private, _lookalike, _broken, _old)


def _named(letters: Iterable[str]) -> str:
    known = list(dict.fromkeys(letters))
    names = ", ".join(f"U+{ord(letter):04X}" for letter in known[:_MOST_NAMED])
    return names + ("…" if len(known) > _MOST_NAMED else "")
