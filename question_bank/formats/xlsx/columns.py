"""The columns of the committee's workbook and the words in their cells."""

from dataclasses import dataclass

from question_bank.folding import Folding
from question_bank.formats.table_words import column_of
from question_bank.kinds import Kind, kinds
from question_bank.kinds.options import LETTERS
from question_bank.text import fold

QUESTION_SHEET = "Câu hỏi"
HELP_SHEET = "Hướng dẫn"
EXAMPLE_SHEET = "Ví dụ"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the field of a question it holds, and its width in characters."""

    title: str
    field: str
    width: int
    is_required: bool = False


def _option_column(index: int) -> Column:
    return Column(f"Phương án {LETTERS[index].upper()}", f"options.{index}", 28, index < 2)


_TEMPLATE_OPTIONS = 8

COLUMNS = (
    Column("Mã câu", "code", 14, is_required=True),
    Column("Loại câu", "kind", 14, is_required=True),
    Column("Câu hỏi", "text", 60, is_required=True),
    *(_option_column(index) for index in range(_TEMPLATE_OPTIONS)),
    Column("Đáp án", "key", 12, is_required=True),
    Column("Chủ đề", "topic", 24, is_required=True),
    Column("Độ khó", "difficulty", 9, is_required=True),
    Column("Giải thích", "explanation", 44),
    Column("Nguồn", "source", 44, is_required=True),
    Column("Khóa thứ tự", "lock_order", 13),
    Column("Câu bắt buộc", "compulsory", 13),
    Column("Nhóm loại trừ", "apart", 13),
)
"""The columns of the template."""

EXTRA_COLUMNS = (
    *(_option_column(index) for index in range(_TEMPLATE_OPTIONS, len(LETTERS))),
    Column("Nhãn", "tags", 20),
    Column("Điểm", "points", 9),
    Column("Tùy chọn", "settings", 36),
)
"""Columns that may stand beside those of the template; an export has them when it needs them."""

YES_NO_TITLES = {True: "Có", False: "Không"}

TRUE_FALSE_BY_WORD = {
    "đúng": True,
    "đ": True,
    "true": True,
    "sai": False,
    "s": False,
    "false": False,
}
YES_NO_BY_WORD = {"có": True, "true": True, "x": True, "không": False, "false": False, "": False}

_LONGEST_TITLE = 200
"""Of a column in a file, in characters: a hostile one may have millions, which would take a minute to fold."""

_TITLES = {Folding().folded(column.title): column for column in COLUMNS + EXTRA_COLUMNS}


def find_column(title: str) -> Column | None:
    """Return the column with this title, however its case, spaces and tone marks are typed."""
    return _TITLES.get(Folding().folded(title.rstrip("* "))) if len(title) <= _LONGEST_TITLE else None


def field_of(title: str) -> str | None:
    """Return what a column holds by its title, in the words of the template or in those that committees use."""
    column = find_column(title)
    field = column.field if column else column_of(title) if len(title) <= _LONGEST_TITLE else None
    return None if field == "options" else field


def kinds_by_word() -> dict[str, Kind]:
    """Return the kinds by the folded words that name them in a cell."""
    words = [(word, kind) for kind in kinds() for word in (kind.code, kind.name.en, kind.name.vi)]
    return {fold(spelling): kind for word, kind in words for spelling in (word, word.replace("/", " "))}
