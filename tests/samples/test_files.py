import pytest

from contest.samples.files import content


@pytest.mark.parametrize(("extension", "begin"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_wanted_document_is_of_its_kind(extension, begin):
    assert content({"extension": extension, "text": "Một cuốn sách.", "number": 1}).startswith(begin)
