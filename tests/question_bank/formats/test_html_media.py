from hashlib import sha256

import pytest

from question_bank.formats import base, html_media
from question_bank.formats.base import MediaFound, UnusableFile
from question_bank.formats.html_media import HtmlMedia, file_name, of_base64


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("@@PLUGINFILE@@/anh/b%E1%BA%A3n.png?time=1", "anh/bản.png"),
        ("anh/x.png", "anh/x.png"),
        ("https://vi.du/x.png", "https://vi.du/x.png"),
        ("", ""),
    ],
)
def test_an_address_means_a_file(address, name):
    assert file_name(address) == name


@pytest.mark.parametrize(
    ("text", "content"), [("YQ==", b"a"), ("  ", None), (None, None), ("Y", None), ("Y Q\n==", b"a")]
)
def test_what_is_no_base64_is_nothing(text, content):
    assert of_base64(text) == content


@pytest.mark.parametrize(
    ("words", "content", "mark", "told"),
    [
        ("bản đồ", b"x", "![bản đồ](media:", set()),
        ("[ ]", b"x", "![Hình](media:", {"medium_named"}),
        ("bản [đồ]", None, "[bản  đồ]", {"medium_missing"}),
        ("", None, "[y.png]", {"medium_missing"}),
    ],
)
def test_what_is_shown_of_a_medium(words, content, mark, told):
    found = MediaFound()
    media = HtmlMedia(found)
    assert media.mark("x/y.png", words, content).startswith(mark)
    assert media.guesses == told
    assert list(found.by_digest.values()) == ([content] if content else [])


def test_a_medium_is_looked_through_once_however_often_it_is_shown(monkeypatch):
    looked: list[bytes] = []
    monkeypatch.setattr(base, "sha256", lambda content: looked.append(content) or sha256(content))
    media = HtmlMedia(MediaFound())
    marks = {media.mark("x.png", "h", held) for held in ("YQ==", "YQ==", b"a", b"a")}
    assert (len(marks), looked) == (1, [b"a", b"a"])


@pytest.mark.parametrize(
    ("limit", "html", "is_read"),
    [
        ("_MOST_SHOWN", "<img src=x>" * 4, True),
        ("_MOST_SHOWN", "<img src=x>" * 5, False),
        ("_MOST_TAGS", "<b>a</b>" * 2, True),
        ("_MOST_TAGS", "<b>a</b>" * 2 + "<br>", False),
    ],
)
def test_the_texts_of_a_file_show_so_many_media_and_have_so_many_tags(monkeypatch, limit, html, is_read):
    monkeypatch.setattr(html_media, limit, 4)
    text = HtmlMedia(MediaFound())
    if is_read:
        assert text.text_of_html(html, lambda _address: b"x")
    else:
        with pytest.raises(UnusableFile) as raised:
            text.text_of_html(html, lambda _address: b"x")
        assert raised.value.code == "tags_many"


def test_tags_of_all_questions_count_together(monkeypatch):
    monkeypatch.setattr(html_media, "_MOST_TAGS", 4)
    found = MediaFound()
    assert HtmlMedia(found).text_of_html("<b>a</b>", lambda _address: None) == "**a**"
    with pytest.raises(UnusableFile):
        HtmlMedia(found).text_of_html("<b>a</b><br>", lambda _address: None)
