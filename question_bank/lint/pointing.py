"""Options that speak of other options: “Tất cả các phương án trên”, “Cả A và B”, “None of the above”."""

import re
from functools import lru_cache

from question_bank.text import fold

_AROUND = " .,;:!()[]\"'“”"
_THINGS = (
    "(?:phương án|đáp án|lựa chọn|câu trả lời|câu|ý kiến|ý|nội dung|trường hợp|yếu tố|điều|mục|khẳng định|phát biểu)"
)
_LETTER = rf"(?:{_THINGS} )?[a-j]"
_LETTERS = rf"{_LETTER}(?: ?[,;] ?{_LETTER})*(?:[,;]? ?(?:,|;|và|lẫn|hoặc|hay|&|and|or|nor) ?{_LETTER})"
_NUMBER = "(?:hai|ba|bốn|năm|0?[2-9])"
_ALL = rf"(?:tất cả|toàn bộ|cả {_NUMBER})(?: (?:các|những|mọi))?"
_NAMED = "(?:trên|(?:nêu|kể|nói|bên|phía|ở|vừa nêu|đã nêu) trên|trên đây|vừa nêu|đã nêu|đã kể|đã cho)"
_ABOVE = f"(?:{_NAMED}|còn lại)"
_VERDICT = "(?:(?: đều| là| cùng)* (?:đúng|sai|không đúng|chính xác))"
_CHOICES = "(?:options?|answers?|choices?)"
_IS_RIGHT = "(?: (?:is|are) (?:true|false|right|wrong|correct|incorrect))"
_FORMS = (
    rf"(?:(?:cả|chỉ|gồm) )?{_LETTERS}{_VERDICT}?",
    rf"chỉ (?:có )?{_LETTER}{_VERDICT}",
    rf"(?:{_ALL}|các|những|mọi) (?:{_THINGS} )?(?:đều )?{_ABOVE}{_VERDICT}?",
    rf"{_ALL} (?:\w+ ){{1,3}}{_NAMED}{_VERDICT}?",
    rf"{_NUMBER} {_THINGS} {_ABOVE}{_VERDICT}?",
    rf"{_ALL} {_THINGS}(?: {_LETTERS})?{_VERDICT}?",
    rf"{_ALL}{_VERDICT}",
    "tất cả",
    rf"không (?:có |phải )?{_THINGS} nào(?: (?:trong|ở)(?: (?:số|các|những))* ?{_THINGS}?)?(?: {_ABOVE})?{_VERDICT}?",
    rf"(?:all|none|any|both|neither)(?: of)?(?: the)?(?: {_CHOICES})? (?:above|these|those){_IS_RIGHT}?",
    rf"(?:all|no|both)(?: other)? {_CHOICES}{_IS_RIGHT}?",
    rf"(?:(?:both|either|neither|only|options?|answers?) )?{_LETTERS}{_IS_RIGHT}?",
)
_POINTS = re.compile("|".join(f"(?:{form})" for form in _FORMS))
_ONLY_LETTERS = re.compile(_LETTERS)
_ALONE = re.compile(r"\b[a-j]\b")
_BRACKETED = re.compile(r"[(\[“\"]([a-j])[)\]”\"]")


@lru_cache(maxsize=8)  # two rules ask it of a question one after the other
def pointing(options: tuple[str, ...]) -> frozenset[int]:
    """Return the places of the options that speak of others, and so need the order in which they were written.

    Bare letters name something else, such as vitamins or points of a figure, where several options are made of letters
    and one names itself, and where what they name is made of letters, too.
    """
    texts = [_bare(fold(text)) for text in options]
    points = {place for place, text in enumerate(texts) if _POINTS.fullmatch(text)}
    lettered = {place for place in points if _ONLY_LETTERS.fullmatch(texts[place])}
    words = set(range(len(options))) - lettered
    return frozenset(
        each for each in points if each not in lettered or _is_meant(_named(texts[each]), each, lettered, words)
    )


def _bare(text: str) -> str:
    """Without the punctuation around it, and the brackets around its letters."""
    if "(" in text or "[" in text or "“" in text or '"' in text:
        text = _BRACKETED.sub(r"\1", text)
    return text.strip(_AROUND)


def _is_meant(named: set[int], place: int, lettered: set[int], words: set[int]) -> bool:
    return bool(named & words) and (place not in named or len(lettered) == 1)


def _named(text: str) -> set[int]:
    return {ord(letter) - ord("a") for letter in _ALONE.findall(text)}
