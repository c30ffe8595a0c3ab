"""The statistics as a workbook: the paper, the questions, and what was answered to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from question_bank.kinds import kind_of
from question_bank.paper import controls_shown
from question_bank.question import FULL_POINTS, Question
from question_bank.statistics.figures import AnswerRow, ItemFigures, PaperFigures, PartFigures
from question_bank.statistics.flags import flags_of, too_few
from question_bank.words import Locale, Words, said

# Text that begins like a formula, a link or a number stays text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_LONGEST = 2000

PAPER_SHEET = Words("Đề thi", "Paper")
ITEM_SHEET = Words("Câu hỏi", "Questions")
ANSWER_SHEET = Words("Phương án", "Answers")
NOTHING = Words("(bỏ trống)", "(no answer)")
OTHERS = Words("(câu trả lời khác)", "(other answers)")
YES = Words("Đúng", "Right")

Cell = Words | str | float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its code and its figures."""

    code: str
    question: Question
    figures: ItemFigures


def write_statistics(
    stream: BinaryIO, heading: Sequence[str], paper: PaperFigures, lines: Sequence[Line], locale: Locale = "vi"
) -> None:
    """Write three sheets, each below the `heading`; points are points, all shares percent."""
    with Workbook(stream, _OPTIONS) as workbook:
        pen = _Pen(workbook, heading, locale)
        pen.sheet(PAPER_SHEET, PAPER_COLUMNS, paper_rows(paper))
        pen.sheet(ITEM_SHEET, ITEM_COLUMNS, [_item_row(line, locale) for line in lines])
        pen.sheet(ANSWER_SHEET, ANSWER_COLUMNS, [row for line in lines for row in _answer_rows(line, locale)])


PAPER_COLUMNS = ((Words("Chỉ số", "Figure"), 46), (Words("Giá trị", "Value"), 14))
ITEM_COLUMNS = (
    (Words("Mã câu", "Code"), 14),
    (Words("Câu hỏi", "Question"), 50),
    (Words("Số lượt", "Attempts"), 10),
    (Words("Độ khó thực tế (%)", "Facility (%)"), 12),
    (Words("Độ lệch chuẩn (%)", "Standard deviation (%)"), 12),
    (Words("Mức đoán mò (%)", "Random guess (%)"), 12),
    (Words("Tỉ trọng dự kiến (%)", "Intended weight (%)"), 12),
    (Words("Tỉ trọng thực tế (%)", "Effective weight (%)"), 12),
    (Words("Độ phân biệt (%)", "Discrimination index (%)"), 12),
    (Words("Hiệu suất phân biệt (%)", "Discriminative efficiency (%)"), 12),
    (Words("Bỏ trống (%)", "Unanswered (%)"), 12),
    (Words("Cần xem lại", "To be looked at"), 70),
)
ANSWER_COLUMNS = (
    (Words("Mã câu", "Code"), 14),
    (Words("Phần", "Part"), 8),
    (Words("Phương án", "Answer"), 12),
    (Words("Nội dung", "Text"), 50),
    (Words("Đáp án", "Key"), 9),
    (Words("Số lượt", "Attempts"), 10),
    (Words("Nhóm yếu", "Weakest group"), 10),
    (Words("Nhóm giữa", "Middle group"), 10),
    (Words("Nhóm khá nhất", "Best group"), 10),
    (Words("Điểm trung bình phần còn lại", "Mean on the rest"), 14),
)

Columns = Sequence[tuple[Words, int]]


def paper_rows(paper: PaperFigures) -> list[tuple[Words, float | None]]:
    """Return the figures of a paper with their names."""
    return [
        (Words("Số lượt thi", "Attempts"), paper.attempts),
        (Words("Số câu hỏi", "Questions"), paper.questions),
        (Words("Điểm cao nhất có thể", "Highest total"), paper.most / FULL_POINTS),
        (Words("Điểm trung bình", "Mean"), paper.mean / FULL_POINTS),
        (Words("Trung vị", "Median"), paper.median / FULL_POINTS),
        (Words("Độ lệch chuẩn", "Standard deviation"), paper.deviation / FULL_POINTS),
        (Words("Độ lệch (bất đối xứng)", "Skewness"), paper.skewness),
        (Words("Độ nhọn", "Kurtosis"), paper.kurtosis),
        (Words("Độ tin cậy KR-20/α (%)", "KR-20/Cronbach's α (%)"), paper.consistency),
        (Words("Tỉ lệ sai số (%)", "Error ratio (%)"), paper.error_ratio),
        (Words("Sai số chuẩn của điểm", "Standard error"), None if paper.error is None else paper.error / FULL_POINTS),
    ]


class _Pen:
    def __init__(self, workbook: Any, heading: Sequence[str], locale: Locale) -> None:
        cell = {**_FONT, "border": 1}
        self._workbook, self._heading, self._locale = workbook, heading, locale
        self._title = workbook.add_format({**_FONT, "bold": True, "font_size": 13})
        self._head = workbook.add_format({**cell, "bold": True, "text_wrap": True, "align": "center"})
        self._text = workbook.add_format({**cell, "num_format": "@", "text_wrap": True})
        self._number = workbook.add_format({**cell, "num_format": "#,##0.##"})
        self._whole = workbook.add_format({**cell, "num_format": "#,##0"})

    def sheet(self, name: Words, columns: Columns, rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self._workbook.add_worksheet(name.said(self._locale))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        head = len(self._heading) + 1
        sheet.repeat_rows(head)
        for number, text in enumerate(self._heading):
            sheet.write_string(number, 0, text, self._title)
        for place, (title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(head, place, title.said(self._locale), self._head)
        sheet.freeze_panes(head + 1, 1)
        for number, row in enumerate(rows, start=head + 1):
            for place, value in enumerate(row):
                self._write(sheet, number, place, value)

    def _write(self, sheet: Any, row: int, place: int, value: Cell) -> None:
        if value is None or value == "":
            sheet.write_blank(row, place, None, self._text)
        elif isinstance(value, str | Words):
            sheet.write_string(row, place, said(value, self._locale)[:_LONGEST], self._text)
        else:
            shown = round(value, 2)
            sheet.write_number(row, place, shown, self._whole if shown % 1 == 0 else self._number)


def _item_row(line: Line, locale: Locale) -> list[Cell]:
    figures, few = line.figures, too_few(line.figures)
    flags = (few,) if few else flags_of(line.question, figures)
    return [
        line.code,
        line.question.text,
        figures.attempts,
        figures.facility,
        figures.deviation,
        figures.guess,
        figures.intended,
        figures.effective,
        figures.discrimination,
        figures.efficiency,
        figures.unanswered,
        "\n".join(flag.sentence(locale) for flag in flags),
    ]


def _answer_rows(line: Line, locale: Locale) -> list[list[Cell]]:
    order = range(len(kind_of(line.question.kind).option_ids(line.question)))
    controls = controls_shown(line.question, order)
    rows: list[list[Cell]] = []
    for number, (control, part) in enumerate(zip(controls, line.figures.parts, strict=True), start=1):
        texts = {choice.value: (said(choice.mark, locale), said(choice.text, locale)) for choice in control.choices}
        place = number if len(controls) > 1 else None
        rows += [[line.code, place, *_answer(row, *texts.get(row.value, ("", row.value)), locale)] for row in part.rows]
        rows += [[line.code, place, *_answer(row, "", name.said(locale), locale)] for name, row in _rest(part)]
    return rows


def _rest(part: PartFigures) -> list[tuple[Words, AnswerRow]]:
    others = [(OTHERS, part.others)] if part.others else []
    return [*others, (NOTHING, part.nothing)]


def _answer(row: AnswerRow, mark: str, text: str, locale: Locale) -> list[Cell]:
    key = YES.said(locale) if row.is_right else ""
    rest = None if row.rest is None else row.rest / FULL_POINTS
    return [mark, text, key, row.count, row.weakest, row.middle, row.best, rest]
