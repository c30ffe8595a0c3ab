import pytest
from pypdf import PdfReader

from contest.media import pdf
from contest.media.child import facts_of, pieces_of
from contest.media.facts import PDF, Facts, UnreadableMediaError
from tests.media import making


def copied(path):
    folder = path.with_suffix(".copy")
    folder.mkdir()
    [piece] = pieces_of(path, facts_of(path), folder)
    assert piece.mime == PDF
    return piece.path


@pytest.mark.parametrize("pages", [1, 3])
def test_words_and_pages(tmp_path, pages):
    assert facts_of(making.pdf(tmp_path / "a.pdf", pages=pages)) == Facts("document", PDF, words=5 * pages, pages=pages)


def test_no_byte_of_a_copy_names_anybody_and_nothing_in_it_runs(tmp_path):
    path = making.pdf(tmp_path / "a.pdf", drawn=making.picture(tmp_path / "a.jpg"))
    planted, content = path.read_bytes(), copied(path).read_bytes()
    assert all(secret.encode() in planted for secret in making.SECRETS)
    assert b"/JavaScript" in planted
    for word in (*(secret.encode() for secret in making.SECRETS), b"/JavaScript", b"/JS", b"/OpenAction", b"/AA"):
        assert word not in content
    for word in (b"/Annots", b"/EmbeddedFile", b"/Names", b"/Outlines", b"/Metadata", b"/Info", b"Exif", b"/URI"):
        assert word not in content


def test_a_copy_shows_the_same_pages(tmp_path):
    copy = PdfReader(copied(making.pdf(tmp_path / "a.pdf", drawn=making.picture(tmp_path / "a.jpg"))))
    [page] = copy.pages
    assert page.extract_text().strip() == "Em yeu cuon sach nay"
    assert [image.image.size for image in page.images] == [(300, 200)]
    assert page.mediabox.right == 300


def test_a_pdf_that_everybody_can_read_is_taken_with_an_owners_password(tmp_path):
    path = making.pdf(tmp_path / "a.pdf", owner="chỉ chủ")
    assert facts_of(path).words == 5
    assert not PdfReader(copied(path)).is_encrypted


def fault(path) -> str:
    with pytest.raises(UnreadableMediaError) as caught:
        facts_of(path)
    return caught.value.code


def test_a_pdf_with_a_password_says_so(tmp_path):
    assert fault(making.pdf(tmp_path / "a.pdf", password="mật khẩu")) == "encrypted"


@pytest.mark.parametrize(("pages", "passes"), [(3, True), (4, False)])
def test_too_many_pages_are_refused(tmp_path, monkeypatch, pages, passes):
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    path = making.pdf(tmp_path / "a.pdf", pages=pages)
    if passes:
        assert facts_of(path).pages == pages
    else:
        assert fault(path) == "too_complex"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"rubbish " * 100])
def test_rubbish_that_begins_like_a_pdf_is_unreadable(tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)
    assert fault(tmp_path / "a.pdf") == "unreadable"


def test_notes_of_a_jpeg_go_and_its_picture_stays(tmp_path):
    jpeg = making.picture(tmp_path / "a.jpg").read_bytes()
    bare = jpeg[:2] + b"".join(pdf.segments(jpeg))
    assert b"JFIF" in bare
    assert not any(secret.encode() in bare for secret in making.SECRETS)
    assert bare[bare.index(b"\xff\xda") :] == jpeg[jpeg.index(b"\xff\xda") :]
