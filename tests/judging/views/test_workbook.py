from io import BytesIO

from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from contest.judging.domain.panel import Verdict
from contest.judging.queries.overview import ScoreLine
from contest.judging.views.workbook import write_scores
from tests.factories import make_contest, make_round


def test_text_that_looks_like_a_formula_stays_text(app: Flask, session: Session) -> None:
    contest = make_contest(session, title="=1+1")
    round_ = make_round(session, contest, "Vòng [1]: tỉnh/thành")
    settled = Verdict(score=None, mean=70_300, spread=16_500, is_missing=False, needs_agreement=True)
    line = ScoreLine(1, "7F3K-2Q", "=HYPERLINK(1)", (62_000, 78_500), None, settled, counts=True)
    stream = BytesIO()
    with app.test_request_context():
        write_scores(stream, contest, round_, 2, [line])
    sheet = CalamineWorkbook.from_filelike(BytesIO(stream.getvalue())).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert sheet.name == "Vòng  1   tỉnh thành"
    assert rows[1][0] == "=1+1"
    assert rows[4] == [1.0, "7F3K-2Q", "=HYPERLINK(1)", 62.0, 78.5, 16.5, 70.3, "", "", "Chờ thống nhất"]
