from question_bank.media import media_of
from tests.question_bank.builders import options, question

A, B, C, D = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


def shown(digest):
    return f"Xem ![Hình](media:{digest})"


def test_media_are_found_in_every_text():
    first = question(text=shown(A), explanation=shown(B), options=options(shown(C), "b"))
    assert media_of([first, question(text=shown(A))]) == {A, B, C}
    assert media_of([question(items=(shown(D),))]) == {D}


def test_what_is_no_medium_is_not_found():
    assert media_of([question(text=f"media:{A} và `![x](media:{B})`")]) == frozenset()
    assert media_of([]) == frozenset()
