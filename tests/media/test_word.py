import zipfile

import pytest
from PIL import Image

from contest.media import pictures
from contest.media.child import facts_of, pieces_of
from contest.media.facts import WORD, UnreadableMediaError
from contest.media.word import MAX_ENTRIES, MAX_XML_BYTES
from tests.media import making


@pytest.fixture
def essay(tmp_path):
    drawn = [making.picture(tmp_path / "a.png"), making.picture(tmp_path / "b.jpg", (2400, 1200))]
    return making.document(tmp_path / "essay.docx", pictures=drawn, note="Theo sách giáo khoa")


def rezipped(path, change):
    """The same archive with other entries."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def replace(entries, before, after):
    entries["word/document.xml"] = entries["word/document.xml"].replace(before, after)


def texts(path, folder) -> str:
    folder.mkdir()
    pieces = pieces_of(path, facts_of(path), folder)
    return "\n\n".join(piece.path.read_text() for piece in pieces if piece.mime == "text/plain")


def test_words_are_counted_in_paragraphs_tables_and_notes(essay):
    facts = facts_of(essay)
    assert (facts.kind, facts.mime, facts.pages) == ("document", WORD, None)
    assert facts.words == 5 + 4 + 4 + 4


def test_texts_and_pictures_come_in_their_order(essay, tmp_path):
    (tmp_path / "copy").mkdir()
    pieces = pieces_of(essay, facts_of(essay), tmp_path / "copy")
    assert [piece.mime for piece in pieces] == ["text/plain", "image/webp", "image/webp", "text/plain"]
    assert sorted(piece.path.name for piece in pieces) == [piece.path.name for piece in pieces]
    assert pieces[0].path.read_text() == "Em yêu cuốn sách này."
    assert pieces[3].path.read_text().split("\n\n") == ["Dòng một\nDòng hai", "Ô trái", "Ô phải", "Theo sách giáo khoa"]


def test_no_byte_of_a_copy_names_anybody(essay, tmp_path):
    with zipfile.ZipFile(essay) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert all(secret.encode() in everything for secret in making.SECRETS)
    (tmp_path / "copy").mkdir()
    for piece in pieces_of(essay, facts_of(essay), tmp_path / "copy"):
        content = piece.path.read_bytes()
        assert not any(secret.encode() in content for secret in making.SECRETS)
        assert b"EXIF" not in content
        assert b"XMP" not in content


def test_a_picture_is_made_small_enough(essay, tmp_path):
    (tmp_path / "copy").mkdir()
    sizes = []
    for piece in pieces_of(essay, facts_of(essay), tmp_path / "copy"):
        if piece.mime == "image/webp":
            with Image.open(piece.path) as image:
                sizes.append(image.size)
    assert sizes == [(300, 200), (2000, 1000)]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("<w:t>Ô trái</w:t>", "<w:ins><w:r><w:t>Thêm</w:t></w:r></w:ins>", "Thêm"),
        ("<w:t>Ô trái</w:t>", "<w:t>Một</w:t><w:tab/><w:t>hai</w:t>", "Một hai"),
        ("<w:r><w:t>Ô trái</w:t></w:r>", "<w:del><w:r><w:t>Xóa</w:t></w:r></w:del>", ""),
        ("<w:t>Ô trái</w:t>", "<w:instrText>AUTHOR</w:instrText>", ""),
    ],
)
def test_what_is_read_is_what_a_reader_sees(essay, tmp_path, before, after, shown):
    path = rezipped(essay, lambda entries: replace(entries, before.encode(), after.encode()))
    assert texts(path, tmp_path / "copy").split("\n\n")[2] == (shown or "Ô phải")


def test_a_picture_that_nobody_can_show_leaves_a_mark(essay, tmp_path):
    path = rezipped(essay, lambda entries: entries.update({"word/media/image1.png": b"\xd7\xcd\xc6\x9a drawing"}))
    assert texts(path, tmp_path / "copy").split("\n\n")[1] == "[?]"


def fault(path) -> str:
    with pytest.raises(UnreadableMediaError) as caught:
        facts_of(path)
    return caught.value.code


@pytest.mark.parametrize(
    "bomb",
    [
        {"word/document.xml": b"\x00" * (MAX_XML_BYTES + 1)},
        {f"word/media/{number}.png": b"" for number in range(MAX_ENTRIES)},
    ],
)
def test_an_archive_that_grows_beyond_measure_is_refused(essay, bomb):
    assert fault(rezipped(essay, lambda entries: entries.update(bomb))) == "too_complex"


@pytest.mark.parametrize(("more", "passes"), [(0, True), (1, False)])
def test_a_picture_of_too_many_pixels_is_refused(essay, tmp_path, monkeypatch, more, passes):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 2400 * 1200 - more)
    if passes:
        assert facts_of(essay).words
    else:
        assert fault(essay) == "too_complex"


def test_entities_do_not_grow_and_read_no_files(essay, tmp_path):
    (tmp_path / "secret").write_text("bí mật")

    def plant(entries):
        head = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{tmp_path}/secret">]><w:document'.encode()
        replace(entries, b"<w:document", head)
        replace(entries, "<w:t>Ô trái</w:t>".encode(), b"<w:t>&f;</w:t>")

    path = rezipped(essay, plant)
    assert "bí mật" not in texts(path, tmp_path / "copy")
