import json

import pypdf
import pytest

from contest.media import PICTURES, SHEETS, press
from question_bank.printed import key_sheet, paper_sheet
from tests.question_bank.builders import question
from tests.question_bank.printed.sheets import HEADING, PICTURE, paper, png


@pytest.fixture
def folder(tmp_path):
    (tmp_path / PICTURES).mkdir()
    return tmp_path


def test_sheets_are_set_in_another_process(folder):
    papers = [paper(question(text=f"Xem ![Cổng](media:{PICTURE})", key="b"))]
    (folder / PICTURES / PICTURE).write_bytes(png())
    sheets = {
        "papers.pdf": paper_sheet(HEADING, papers, {PICTURE: "picture"}),
        "keys.pdf": key_sheet(HEADING, papers, {PICTURE: "picture"}),
    }
    (folder / SHEETS).write_text(json.dumps(sheets))
    press(folder)
    assert "Họ và tên" in pypdf.PdfReader(folder / "papers.pdf").pages[0].extract_text()
    assert "ĐÁP ÁN" in pypdf.PdfReader(folder / "keys.pdf").pages[0].extract_text()


def test_what_cannot_be_set_is_told(folder, caplog):
    (folder / PICTURES / PICTURE).write_bytes(b"no picture")
    sheet = paper_sheet(HEADING, [paper(question(text=f"![Cổng](media:{PICTURE})"))], {PICTURE: "picture"})
    (folder / SHEETS).write_text(json.dumps({"papers.pdf": sheet}))
    with pytest.raises(ChildProcessError):
        press(folder)
    assert "setting sheets failed" in caplog.text
    assert not (folder / "papers.pdf").exists()
