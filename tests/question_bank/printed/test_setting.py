import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.kinds import kinds
from question_bank.printed import Heading, PrintedPaper, Section, key_sheet, paper_sheet
from question_bank.printed.setting import pdf, pdf_in
from question_bank.question import Option
from tests.question_bank.builders import question
from tests.question_bank.printed.sheets import HEADING, PICTURE, asked, pages, paper, png, reordered, texts

A4 = (595, 842)
HOSTILE = [
    '#panic("no")',
    '#read("/etc/passwd")',
    '#eval("1+1")',
    '#include "/etc/passwd"',
    '#import "@preview/cetz:0.3.0"',
    '#image("/etc/hostname")',
    "#let x = 1; #while true {}",
    '"]) + panic("no") + ([',
    "*_`<label>@reference///* comment */ \\u{41} ~ --- ' \"",
    "= Heading #pagebreak() #set page(width: 1pt)",
    "$ sum_(i=0)^n #panic() $",
    "https://example.org/#fn(1)",
    "{{ x }} {% y %} <script>alert(1)</script>",
    '{"is": "picture", "name": "../../etc/hostname"}',
]


def set_pages(*papers: PrintedPaper) -> list[str]:
    return pages(pdf(paper_sheet(HEADING, papers, {})))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_author_writes_is_printed_and_never_run(text):
    ours = question(
        text=text,
        options=(Option("a", text + " a"), Option("b", text + " b")),
        key="a",
        explanation=text,
        source=text,
    )
    heading = Heading(text, text, text)
    papers = [PrintedPaper("101", (Section(asked(ours), text, text),))]
    for sheet in (paper_sheet(heading, papers, {}), key_sheet(heading, papers, {}, is_explained=True)):
        [*shown] = pages(pdf(sheet))
        assert len(shown) <= 2
        plain = "".join("".join(shown).replace("\u200b", "").split())
        for word in ("panic", "read", "eval", "include", "import", "image", "while", "label", "Heading", "example"):
            assert text.count(word) == 0 or word in plain


def test_nothing_on_the_disk_can_be_read(tmp_path):
    (tmp_path / "secret").write_text("bí mật")
    inside = tmp_path / "folder"
    inside.mkdir()
    sheet = paper_sheet(HEADING, [texts(f"![x](media:{PICTURE})")], {PICTURE: "picture"})
    node = sheet["papers"][0]["sections"][0]["questions"][0]["text"][0]["of"][0]
    node["name"] = "../secret"
    with pytest.raises(Exception, match=r"secret|escape|outside|denied|root"):
        pdf_in(inside, sheet)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_can_be_printed(text, option):
    ours = question(text=text, options=(Option("a", option), Option("b", "B")), key="b", explanation=text)
    papers = [paper(ours)]
    assert pages(pdf(paper_sheet(HEADING, papers, {})))
    assert pages(pdf(key_sheet(HEADING, papers, {}, is_explained=True)))


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.example], ids=lambda kind: kind.code)
def test_every_word_of_every_kind_is_on_paper(kind):
    shown = " ".join(set_pages(paper(kind.example)))
    wanted = [option.text for option in kind.example.options] + list(kind.example.items)
    wanted += kind.example.text.replace("[[1]]", "(1)").replace("[[2]]", "(2)").split()
    for words in wanted:
        assert words.strip(".,") in shown


def test_each_page_carries_the_code_and_its_number():
    long = [question(text=f"Câu hỏi số {number}. " + "Nội dung dài. " * 30) for number in range(40)]
    shown = set_pages(paper(*long, code="104"))
    assert len(shown) > 3
    for number, page in enumerate(shown, start=1):
        assert "Mã đề 104" in page
        assert f"Trang {number}/{len(shown)}" in page
    for number in range(1, 41):
        assert sum(f"Câu {number}. " in page for page in shown) == 1


def test_no_question_is_parted_by_the_end_of_a_page():
    options = tuple(Option(letter, f"phương án {letter} " + "dài " * 30) for letter in "abcd")
    shown = set_pages(paper(*(question(text=f"Đề {number}: " + "chữ " * 60, options=options) for number in range(12))))
    for number in range(12):
        [page] = [page for page in shown if f"Đề {number}:" in page]
        following = page.split(f"Đề {number}:")[1]
        assert following.index("phương án d") > following.index("phương án a")


def test_a_question_longer_than_a_page_loses_nothing():
    text = "\n\n".join(f"Đoạn {number} " + "chữ " * 80 for number in range(60))
    shown = " ".join(set_pages(paper(question(text=text))))
    for number in range(60):
        assert f"Đoạn {number} " in shown


def test_a_word_longer_than_a_line_is_broken():
    shown = set_pages(texts("x" * 500))
    assert "".join(shown).count("x") >= 500


def test_every_paper_begins_on_a_sheet_of_its_own():
    one = paper(question())
    shown = set_pages(one, reordered(one, "102"), reordered(one, "103"))
    assert [number for number, page in enumerate(shown) if "Họ và tên" in page] == [0, 2, 4]
    assert all("Trang 1/1" in shown[number] for number in (0, 2, 4))


def test_what_stands_above_and_at_the_end_of_a_paper():
    [page] = set_pages(PrintedPaper("101", (Section(asked(question()), "Phần I", "Chọn **một** phương án."),)))
    for words in (
        "BAN TỔ CHỨC",
        "Cuộc thi tìm hiểu",
        "Vòng 1",
        "Thời gian làm bài: 15 phút",
        "Ngày sinh",
        "Đơn vị",
        "PHẦN I",
        "Chọn một phương án.",
        "HẾT",
    ):
        assert words in page


def test_long_vietnamese_names_stay_whole():
    name = "Ủy ban nhân dân xã Nguyễn Huệ Trường Trung học phổ thông Dân tộc nội trú " * 3
    page = " ".join(pages(pdf(paper_sheet(Heading(name, name, name), [paper(question())], {}))))
    assert page.count("Dân tộc nội trú") == 6
    assert page.count("DÂN TỘC NỘI TRÚ") == 3


def test_pictures_are_printed_with_their_description():
    sheet = paper_sheet(HEADING, [texts(f"Xem ![Cổng thành](media:{PICTURE})")], {PICTURE: "picture"})
    made = pypdf.PdfReader(io.BytesIO(pdf(sheet, {PICTURE: png(2000, 3000)})))
    assert [len(page.images) for page in made.pages] == [1]


def test_a_key_is_nowhere_in_the_papers():
    made = pdf(paper_sheet(HEADING, [paper(question("short_text", explanation="Vì thế"))], {}))
    assert "Hà Nội" not in " ".join(pages(made))
    assert b"H\xc3\xa0 N" not in made


def test_answers_are_printed_for_all_codes():
    one = paper(question(), question("number"))
    [page] = pages(pdf(key_sheet(HEADING, [one, reordered(one, "102")], {})))
    for words in ("ĐÁP ÁN", "Mã đề 101", "Mã đề 102", "1234,5", "Không phát cho thí sinh"):
        assert words in page


def test_explanations_are_printed_with_their_sources():
    ours = question(explanation="Điều 13 quy định.")
    shown = " ".join(pages(pdf(key_sheet(HEADING, [paper(ours)], {}, is_explained=True))))
    for words in ("Mã 101 câu 1", "Đáp án: B. Hà Nội", "Giải thích: Điều 13 quy định.", "Nguồn: Hiến pháp 2013"):
        assert words in shown


def test_the_same_sheet_gives_the_same_bytes():
    sheet = paper_sheet(HEADING, [texts(f"Xem $x^2$ ![Cổng](media:{PICTURE})")], {PICTURE: "picture"})
    assert pdf(sheet, {PICTURE: png()}) == pdf(sheet, {PICTURE: png()})


def test_a_reader_is_told_title_and_language():
    made = pypdf.PdfReader(io.BytesIO(pdf(paper_sheet(HEADING, [paper(question())], {}))))
    assert made.metadata.title == "Đề thi – Vòng 1"
    assert made.trailer["/Root"]["/Lang"] == "vi-VN"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert {tuple(map(round, page.mediabox[2:])) for page in made.pages} == {A4}


def test_marks_of_texts_are_set():
    text = "Văn **đậm**, *nghiêng*, `mã`, H~2~O, m^2^.\n\n1. một\n2. hai\n\n> trích\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    [page] = set_pages(texts(text))
    for words in ("Văn đậm, nghiêng, mã, H2O, m2.", "1. một", "2. hai", "trích", "A B", "1 2"):
        assert words in page
