import io

import docx
from pypdf import PdfReader

from contest.samples.papers import pdf_file, word_file

TEXT = (
    "Kế hoạch “Góc đọc”\n\nMột, hai (ba) – từ \\ngữ\\ ‘ẦẪẬ ểễệ ỗộợ ừữự ỵỹ đĐ’: 100 %?\n\n" + "Đọc sách mỗi ngày. " * 30
)


def test_a_pdf_can_be_searched_in_vietnamese():
    [page] = PdfReader(io.BytesIO(pdf_file(TEXT))).pages
    assert page.extract_text().split() == TEXT.split()


def test_letters_of_a_pdf_are_drawn():
    [page] = PdfReader(io.BytesIO(pdf_file("ă ạ"))).pages
    drawn = page["/Resources"]["/Font"]["/F1"]["/CharProcs"].values()
    masks = [stream.get_object().get_data().partition(b" ID ")[2].partition(b">")[0] for stream in drawn]
    assert [set(bytes.fromhex(mask.decode())) > {0xFF} for mask in masks] == [False, True, True]
    assert len(set(masks)) == 3


def test_a_word_file_holds_one_paragraph_for_each_and_names_nobody():
    document = docx.Document(io.BytesIO(word_file(TEXT)))
    assert [paragraph.text for paragraph in document.paragraphs] == TEXT.split("\n\n")
    assert document.core_properties.author == ""


def test_the_same_text_gives_the_same_file():
    assert pdf_file(TEXT) == pdf_file(TEXT) != pdf_file("Khác")
