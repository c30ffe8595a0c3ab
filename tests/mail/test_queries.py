import pytest
from sqlalchemy.orm import Session

from contest.errors import NotFound
from contest.mail.queries import get_message, outbox
from contest.mail.services import queue
from tests.factories import NOW


def subjects(session: Session, **options: object) -> list[str]:
    return [message.subject for message in outbox(session, **options).rows]  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _letters(session: Session) -> None:
    queue(session, NOW, "an@example.vn", "Mời làm giám khảo", "Nội dung kín")
    queue(session, NOW, "binh@example.vn", "Đặt lại mật khẩu", "Mã: K7PM")
    queue(session, NOW, "chi_100%@example.vn", "Đặt lịch", "…")


def test_the_newest_stands_first_unless_asked_otherwise(session: Session) -> None:
    newest_first = ["Đặt lịch", "Đặt lại mật khẩu", "Mời làm giám khảo"]
    assert subjects(session) == newest_first
    assert subjects(session, is_oldest_first=True) == newest_first[::-1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("BINH@", ["Đặt lại mật khẩu"]),
        ("Đặt", ["Đặt lịch", "Đặt lại mật khẩu"]),
        ("100%@", ["Đặt lịch"]),
        ("i_1", ["Đặt lịch"]),
        ("a_e", []),
        ("kín", []),
    ],
)
def test_words_are_looked_for_in_recipient_and_subject_and_never_in_the_letter(
    session: Session, words: str, found: list[str]
) -> None:
    assert subjects(session, words=words) == found


def test_a_letter_is_found_by_its_number(session: Session) -> None:
    [newest, *_] = outbox(session).rows
    assert get_message(session, newest.id).subject == newest.subject
    with pytest.raises(NotFound):
        get_message(session, newest.id + 1)
