import io
import unicodedata

import docx
import pytest
from docx.shared import Inches
from PIL import Image

from question_bank.formats.docx.reader import read_questions
from tests.question_bank.formats.docx.documents import (
    SPACES,
    codes,
    document,
    guessed,
    of_xml,
    paragraph,
    read,
    saved,
)

REST = paragraph("A. một") + paragraph("B. hai") + paragraph("Đáp án: A")


def asked(inside, **parts):
    """What a question is read as whose text is this XML within its paragraph."""
    found = read_questions(of_xml(f"<w:p><w:r><w:t>Câu 1. Xét </w:t></w:r>{inside}</w:p>{REST}", **parts))
    (parsed,) = found.questions
    return found, parsed.question.text


def run(text, properties="", tag="t"):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("nước ") + run("lớn", "<w:b/>"), "Xét nước **lớn**"),
        (run("nước ") + run("lớn ", "<w:i/>") + run("nhất", '<w:i w:val="0"/>'), "Xét nước *lớn* nhất"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "Xét H~2~O"),
        (run("m") + run("2", '<w:vertAlign w:val="superscript"/>'), "Xét m^2^"),
        (f'<w:hyperlink r:id="rId9">{run("trang này")}</w:hyperlink>', "Xét trang này"),
        ("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r>", "Xét một\nhai\tba"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("một"), "Xét một"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('một')}</w:sdtContent></w:sdt>", "Xét một"),
        ("<w:r><w:t>in</w:t><w:noBreakHyphen/><w:t>đi</w:t></w:r>", "Xét in-đi"),
    ],
)
def test_looks_and_links_and_breaks_become_text_with_our_marks(inside, text):
    found, read_as = asked(inside)
    assert (codes(found), guessed(found), read_as) == ([], set(), text)


_BOXED = f"<w:txbxContent>{paragraph('trong hộp')}</w:txbxContent>"
BOX = (
    f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{_BOXED}</w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict>{_BOXED}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inside", "text", "code"),
    [
        (f"<w:del>{run('cũ', tag='delText')}</w:del><w:ins>{run('mới')}</w:ins>", "Xét mới", "docx_tracked"),
        (run("một", "<w:vanish/>"), "Xét một", "docx_hidden"),
        (run("mũi") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "Xét mũi (theo luật)", "docx_footnote"),
        (run("đường ") + run("lớn", "<w:u/>"), "Xét đường lớn", "docx_underline"),
        (run("đ") + run("ườ", "<w:b/>") + run("ng"), "Xét đường", "docx_stress"),
        (
            BOX,
            "Xét\ntrong hộp",
            "docx_box",
        ),
    ],
)
def test_what_is_read_otherwise_than_it_looks_is_told(inside, text, code):
    note = f'<w:footnotes {SPACES}><w:footnote w:id="2">{paragraph("theo luật")}</w:footnote></w:footnotes>'
    found, read_as = asked(inside, footnotes=note)
    assert "\n".join(line.strip() for line in read_as.split("\n")) == text
    assert (codes(found), guessed(found)) == ([], {code})
    assert {guess.row for guess in found.guesses if guess.code == code} == {1}


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (run("x") + run("n+1", '<w:vertAlign w:val="superscript"/>'), "docx_raised"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "docx_symbol"),
        ('<w:r><w:drawing><c:chart xmlns:c="urn:c"/></w:drawing></w:r>', "docx_drawing"),
        ('<w:r><w:pict><v:imagedata r:id="rId99"/></w:pict></w:r>', "docx_picture_missing"),
        (run("a" * 20_001), "docx_long"),
        ("<m:oMath><m:m><m:mr/></m:m></m:oMath>", "docx_equation"),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_question(inside, code):
    found, _text = asked(inside)
    assert (code, 1) in [(fault.code, fault.row) for fault in found.faults]
    assert found.good == ()


def letters(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("equation", "mark"),
    [
        (letters("x=2"), "$x=2$"),
        (f"<m:f><m:num>{letters('1')}</m:num><m:den>{letters('2')}</m:den></m:f>", r"$\frac{1}{2}$"),
        (f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('n+1')}</m:sup></m:sSup>", "${x}^{n+1}$"),
        (f"<m:sSub><m:e>{letters('H')}</m:e><m:sub>{letters('2')}</m:sub></m:sSub>", "${H}_{2}$"),
        (f"<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e>{letters('x')}</m:e></m:rad>", r"$\sqrt{x}$"),
        (f"<m:rad><m:deg>{letters('3')}</m:deg><m:e>{letters('x')}</m:e></m:rad>", r"$\sqrt[3]{x}$"),
        (f"<m:d><m:e>{letters('x+1')}</m:e></m:d>", r"$\left(x+1\right)$"),
        (f"<m:func><m:fName>{letters('sin')}</m:fName><m:e>{letters('x')}</m:e></m:func>", r"$\sin {x}$"),
        (letters("50%"), r"$50\%$"),
    ],
)
def test_simple_equations_become_formulas(equation, mark):
    found, text = asked(run("số") + f"<m:oMath>{equation}</m:oMath>" + run("nhé"))
    assert (codes(found), text) == ([], f"Xét số {mark} nhé")


def picture(size=(4, 3), sort="PNG"):
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, sort)
    return stream.getvalue()


@pytest.mark.parametrize("sort", ["PNG", "JPEG", "GIF"])
@pytest.mark.parametrize(("description", "guesses"), [("Cờ đỏ", set()), ("", {"docx_description"})])
def test_pictures_come_along_with_their_descriptions(sort, description, guesses):
    made = docx.Document()
    made.add_paragraph("Câu 1. Cờ nào?")
    shown = made.add_paragraph().add_run().add_picture(io.BytesIO(picture(sort=sort)), Inches(1))
    shown._inline.docPr.set("descr", description)
    for line in ("A. một", "B. hai", "Đáp án: A"):
        made.add_paragraph(line)
    found = read_questions(saved(made))
    assert (codes(found), guessed(found)) == ([], guesses)
    ((digest, content),) = found.media.items()
    assert content == picture(sort=sort)
    assert found.questions[0].question.text == f"Cờ nào?\n![{description or 'Hình minh họa'}](media:{digest})"


def numbered(text, level=0, number=1):
    place = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{place}<w:r><w:t>{text}</w:t></w:r></w:p>"


def levels(*said):
    kinds = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (look, text) in enumerate(said)
    )
    numbers = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="7">{kinds}</w:abstractNum>{numbers}</w:numbering>'


@pytest.mark.parametrize("question", ["Câu %1.", "Câu %1:", "%1.", "%1)"])
@pytest.mark.parametrize("option", [("upperLetter", "%2."), ("lowerLetter", "%2)")])
def test_numbers_and_letters_that_word_writes_itself_count(question, option):
    body = "".join(
        numbered(f"Hỏi {each}?") + numbered("một", 1) + numbered("hai", 1) + paragraph("Đáp án: B") for each in "xy"
    )
    found = read_questions(of_xml(body, numbering=levels(("decimal", question), option)))
    assert codes(found) == []
    assert [(item.question.text, item.question.key) for item in found.questions] == [("Hỏi x?", "b"), ("Hỏi y?", "b")]
    assert [option.text for option in found.questions[1].question.options] == ["một", "hai"]


@pytest.mark.parametrize(
    ("font", "stored", "shown"),
    [
        (".VnTime", "Thñ ®« cña n−íc".replace("−", "\u00ad"), "Thủ đô của nước"),
        (".VnTimeH", "thñ ®«", "THỦ ĐÔ"),
        ("VNI-Times", "Thuû ñoâ", "Thủ đô"),
        (".VnTime", "Thủ đô", "Thủ đô"),
        ("Times New Roman", "Thñ", "Thñ"),
    ],
)
def test_text_in_old_fonts_is_turned_into_letters_of_today(font, stored, shown):
    found, text = asked(run(stored, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'))
    assert text == f"Xét {shown}"
    told = [guess.values["value"] for guess in found.guesses if guess.code == "docx_old_font"]
    assert told == ([font.lower()] if font != "Times New Roman" else [])


def test_looks_of_styles_count():
    made = docx.Document()
    made.add_heading("Địa lý", 1)
    made.add_paragraph("Câu 1. Thủ đô?")
    made.add_paragraph("A. Huế")
    made.add_paragraph().add_run("B. Hà Nội", style="Strong")
    found = read_questions(saved(made))
    assert (codes(found), guessed(found)) == ([], {"docx_key_mark"})
    assert (found.questions[0].question.key, found.questions[0].question.topic) == ("b", "Địa lý")


def test_thousands_of_empty_paragraphs_are_nothing():
    found = read(*[""] * 3000, "Câu 1. Thủ đô?", *[""] * 3000, "A. Huế\nB. Vinh", "Đáp án: A", *[""] * 3000)
    assert codes(found) == []
    assert found.questions[0].question.text == "Thủ đô?"


def test_letters_come_in_one_form():
    found = read_questions(document(unicodedata.normalize("NFD", "Câu 1. Thủ đô?"), "Đáp án: Đúng"))
    assert unicodedata.is_normalized("NFC", found.questions[0].question.text)


@pytest.mark.parametrize(("strike", "faults"), [("<w:strike/>", ["docx_struck"]), ('<w:strike w:val="0"/>', [])])
def test_words_that_are_struck_through_are_neither_read_nor_left_out_silently(strike, faults):
    key = f"<w:p>{run('Đáp án: ')}{run('A ', strike)}{run('B')}</w:p>"
    found = read_questions(of_xml("".join(map(paragraph, ["Câu 1. Số?", "A. một", "B. hai"])) + key))
    assert codes(found) == faults
