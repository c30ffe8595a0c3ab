"""The words by which committees say what a line of a document, or a column of a table, is."""

import re
from collections.abc import Mapping

from question_bank.folding import Folding
from question_bank.kinds.options import LETTERS
from question_bank.text import fold

QUESTION = "Câu"

LABELS: Mapping[str, tuple[str, ...]] = {
    "key": ("Đáp án", "Đáp án đúng", "Đáp số", "ĐA", "Đ/A", "Phương án đúng", "Trả lời đúng", "Answer"),
    "explanation": ("Giải thích", "Lời giải", "Hướng dẫn giải", "Giải", "HDG"),
    "source": ("Nguồn", "Căn cứ", "Căn cứ pháp lý", "Cơ sở pháp lý", "Tài liệu", "Trích dẫn", "Viện dẫn"),
    "topic": ("Chủ đề", "Chuyên đề", "Lĩnh vực"),
    "difficulty": ("Độ khó", "Mức độ", "Cấp độ", "Mức"),
    "code": ("Mã câu", "Mã câu hỏi", "Mã"),
    "kind": ("Loại câu", "Loại câu hỏi", "Dạng câu hỏi"),
    "points": ("Điểm", "Số điểm"),
    "lock_order": ("Khóa thứ tự",),
    "tags": ("Nhãn", "Từ khóa"),
    "settings": ("Tùy chọn",),
}
"""What stands before a field of a question, the word of our own files first."""

_NUMBER_COLUMN = ("STT", "TT", "Số thứ tự", "Câu số", "Câu", "Số câu")
_TEXT_COLUMN = ("Câu hỏi", "Nội dung", "Nội dung câu hỏi", "Đề bài", "Câu dẫn")
_OPTION_COLUMNS = ("Phương án", "Đáp án", "Lựa chọn", "PA", "")
_OPTIONS_COLUMN = ("Phương án", "Các phương án", "Phương án trả lời", "Các lựa chọn", "Lựa chọn")

LEVELS: Mapping[str, int] = {
    "rất dễ": 1,
    "nhận biết": 1,
    "nb": 1,
    "biết": 1,
    "dễ": 2,
    "thông hiểu": 2,
    "th": 2,
    "hiểu": 2,
    "trung bình": 3,
    "khó": 4,
    "vận dụng": 4,
    "vd": 4,
    "vận dụng thấp": 4,
    "rất khó": 5,
    "vận dụng cao": 5,
    "vdc": 5,
}
"""The difficulty that words mean; of two for the same, the ministry's ranks lie beside the plain ones."""


def _folded(text: str) -> str:
    return Folding().folded(text)


_FIELDS = {_folded(word): field for field, words in LABELS.items() for word in words}
_COLUMNS = (
    {_folded(word): field for field, words in LABELS.items() for word in words}
    | {_folded(word): "options" for word in _OPTIONS_COLUMN}
    | {_folded(word): "number" for word in _NUMBER_COLUMN}
    | {_folded(word): "text" for word in _TEXT_COLUMN}
    | {
        _folded(f"{word} {letter}"): f"options.{index}"
        for index, letter in enumerate(LETTERS)
        for word in _OPTION_COLUMNS
    }
    | {
        _folded(f"{word} {index}"): f"options.{index - 1}"
        for index in range(1, len(LETTERS) + 1)
        for word in _OPTION_COLUMNS
        if word
    }
)
_WORDS = "|".join(
    sorted((re.escape(word) for words in LABELS.values() for word in words), key=lambda word: (-len(word), word))
)
_LABEL = re.compile(rf"\s*({_WORDS})\s*(?:\([^()]{{0,40}}\)\s*|là\s*)?[:：=]\s*", re.IGNORECASE)
_KEY_WITHOUT_COLON = re.compile(r"\s*(?i:Đáp án(?: đúng)?|ĐA|Chọn)\s+(?i:là\s+)?(?=\(?[A-Ja-j][).]?\s*$)")


def label_in(line: str) -> tuple[str, int] | None:
    """Return the field that a line names and where what it says begins; None for any other line."""
    found = _LABEL.match(line)
    if found:
        return _FIELDS[_folded(found[1])], found.end()
    bare = _KEY_WITHOUT_COLON.match(line)
    return ("key", bare.end()) if bare else None


def column_of(title: str) -> str | None:
    """Return what a column holds by its title: a field, "number", "options" or "options.2"."""
    return _COLUMNS.get(_folded(title.strip().rstrip("*: ")))


def difficulty_in(text: str) -> tuple[int | None, bool]:
    """Return the difficulty that a text means, None for none, and whether it is a word that was taken for it."""
    plain = fold(text).strip(" .()[]")
    if re.fullmatch("[0-9]{1,3}", plain):
        return int(plain), False
    return LEVELS.get(plain), True
