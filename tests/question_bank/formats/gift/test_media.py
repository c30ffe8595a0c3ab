import io
import zipfile
from base64 import b64encode
from hashlib import sha256

import pytest

from question_bank.formats import FORMATS, base, format_of, html_media
from question_bank.formats.base import UnusableFile
from question_bank.formats.gift.reader import read_questions


def read(text):
    return read_questions(text.encode())


def codes(faults):
    return [fault.code for fault in faults]


PICTURE = b"\x89PNG a picture"


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def marked(content, words="bản đồ"):
    return f"![{words}](media:{sha256(content).hexdigest()})"


@pytest.mark.parametrize("signs", [("=", ":"), ("\\=", "\\:")])
def test_pictures_written_into_texts_come_along_however_large(signs):
    equals, colon = signs
    large = PICTURE * 10_000
    data = f"data{colon}image/png;base64,{b64encode(large).decode().replace('=', equals)}"
    found = read(f"[html]<p>Xem</p><img src='{data}' alt='bản đồ'>{{=a ~<img src\\='{data}' alt\\='h'>}}\n\nB{{T}}")
    assert (found.faults, found.media) == ((), {sha256(large).hexdigest(): large})
    first, second = found.questions
    assert first.question.text == f"Xem\n\n{marked(large)}"
    assert [option.text for option in first.question.options] == ["a", marked(large, "h")]
    assert (second.row, second.question.text) == (3, "B")


@pytest.mark.parametrize(
    "address", ["@@PLUGINFILE@@/b%E1%BA%A3n.png", "bản.png", "@@PLUGINFILE@@/anh/bản.png", "anh/bản.png?time=1"]
)
def test_pictures_beside_the_text_in_a_zip_come_along(address):
    text = f"[html]Xem <img src='{address}' alt='bản đồ'>{{T}}".encode()
    content = zipped({"de/cau.gift": text, "de/anh/bản.png": PICTURE, "__MACOSX/._cau.gift": b"x"})
    assert format_of("de.zip", content) is FORMATS[".gift"]
    found = read_questions(content)
    assert found.faults == ()
    assert found.questions[0].question.text == f"Xem {marked(PICTURE)}"
    assert found.media == {sha256(PICTURE).hexdigest(): PICTURE}


@pytest.mark.parametrize(
    "address", ["@@PLUGINFILE@@/a.png", "http://vi.du/a.png", "data:in-text/0", "../a.png", "a.png"]
)
def test_pictures_that_are_nowhere_are_missed_and_never_fetched(address):
    found = read_questions(
        zipped({"cau.gift": f"[html]Xem <img src='{address}' alt='h'>{{T}}".encode(), "b.png": PICTURE})
    )
    assert (found.questions[0].question.text, found.media) == ("Xem [h]", {})
    assert "medium_missing" in codes(found.guesses)


def test_what_is_told_of_media_is_told_of_their_question_only():
    data = f"data:image/png;base64,{b64encode(PICTURE).decode()}"
    found = read(f"[html]A<img src='{data}'>{{T}}\n\n[html]B<img src='{data}' alt='h'>{{T}}")
    assert [guess.cell for guess in found.guesses if guess.code == "medium_named"] == ["dòng 1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"a.gift": b"A{T}", "b.gift": b"B{T}"}), "gift_zip"),
        (zipped({"a.png": b"x"}), "gift_zip"),
        (b"PK\x03\x04 no zip", "gift_zip"),
        (zipped({"../a.gift": b"A{T}"}), "gift_zip"),
        (zipped({"a.gift": b" " * 20_000_001}), "file_large"),
    ],
)
def test_a_zip_that_is_not_one_file_with_its_media_is_refused(content, code):
    with pytest.raises(UnusableFile) as raised:
        read_questions(content)
    assert raised.value.code == code
    assert raised.value.sentence()


def test_media_that_are_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(base, "MOST_MEDIA_MB", 0)
    data = f"data:image/png;base64,{b64encode(PICTURE).decode()}"
    with pytest.raises(UnusableFile) as raised:
        read(f"[html]A<img src='{data}'>{{T}}")
    assert raised.value.code == "media_large"


def test_what_is_told_of_media_of_a_faulty_question_is_not_told_of_the_next():
    data = f"data:image/png;base64,{b64encode(PICTURE).decode()}"
    options = "=1" + "".join(f" ~x{number}" for number in range(10))
    found = read(
        f"[html]A<img src='{data}'>{{{options.replace('=1', f'=<img src{chr(92)}={chr(39)}{data}{chr(39)}>')}}}\n\n<b>B</b>{{T}}"
    )
    assert codes(found.faults) == ["options_many"]
    assert "medium_named" not in codes(found.guesses)


def test_more_media_written_into_texts_than_a_bank_shows_are_left_where_they_are(monkeypatch):
    monkeypatch.setattr(html_media, "_MOST_IN_TEXT", 1)
    data = [b64encode(each).decode() for each in (PICTURE, b"x")]
    found = read(
        "\n\n".join(f"[html]{n}<img src='data:image/png;base64,{each}' alt='h'>{{T}}" for n, each in enumerate(data))
    )
    assert [item.question.text for item in found.questions] == [f"0{marked(PICTURE, 'h')}", "1[h]"]
