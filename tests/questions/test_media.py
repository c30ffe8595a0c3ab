"""Which pictures and sounds a bank has, who sees them and what may be removed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.errors import DomainError, NotAllowed, NotFound
from contest.questions.models import Bank, QuestionMedium
from contest.questions.queries import media as queries
from contest.questions.services import media as services
from contest.questions.services.media import NewMedium
from tests.factories import NOW, add, make_contest
from tests.questions.desk import Desk, acts, revise, send, write

DIGEST = "ab" * 32
SHOWN = f"Đây là đâu? ![Bản đồ](media:{DIGEST})"


def new(digest: str = DIGEST, key: str = "questions/ab/" + "ab" * 16) -> NewMedium:
    return NewMedium(digest, key, "Bản đồ", "image/webp", 2000, 640, 480)


def added(session: Session, desk: Desk, by: str = "setter", medium: NewMedium | None = None) -> QuestionMedium:
    return services.add_medium(session, desk.actor(by), NOW, bank=desk.bank, new=medium or new())


def removed(session: Session, desk: Desk, by: str = "setter", digest: str = DIGEST) -> str | None:
    return services.remove_medium(session, desk.actor(by), NOW, bank=desk.bank, digest=digest)


def test_a_file_is_in_a_bank_once(session: Session, desk: Desk) -> None:
    first = added(session, desk)
    again = added(session, desk, "setter 2", new(key="questions/cd/" + "cd" * 16))
    assert (again.id, again.key) == (first.id, new().key)
    assert acts(session)[-1:] == ["medium.added"]
    assert acts(session).count("medium.added") == 1


def test_only_setters_add(session: Session, desk: Desk) -> None:
    for name in ("reviewer", "organizer", "citizen"):
        with pytest.raises(NotAllowed):
            added(session, desk, name)


def test_what_is_used_stays(session: Session, desk: Desk) -> None:
    added(session, desk)
    row = write(session, desk, text=SHOWN)
    send(session, desk, row)
    revise(session, desk, row, text="Không còn hình")
    with pytest.raises(DomainError) as refused:
        removed(session, desk)
    assert (refused.value.code, refused.value.values) == ("medium_in_use", {"questions": "C1", "num": 1})
    assert queries.uses_of_media(session, desk.bank.id, [DIGEST], None)[DIGEST] == [queries.Use(row.id, "C1")]


def test_a_setter_learns_no_code_of_somebody_elses_question(session: Session, desk: Desk) -> None:
    added(session, desk)
    write(session, desk, "setter 2", "C7", text=SHOWN)
    write(session, desk, "setter 2", "C8", text=SHOWN)
    own = write(session, desk, text=SHOWN)
    seen = queries.uses_of_media(session, desk.bank.id, [DIGEST], desk.setter.person_id)[DIGEST]
    assert seen == [queries.Use(own.id, "C1"), queries.Use(None, "")]
    with pytest.raises(DomainError) as refused:
        removed(session, desk)
    assert refused.value.values == {"questions": "C1, …", "num": 2}


def test_a_draft_that_lets_go_of_a_file_frees_it(session: Session, desk: Desk) -> None:
    added(session, desk)
    row = write(session, desk, text=SHOWN)
    revise(session, desk, row, text="Không còn hình")
    assert removed(session, desk) == new().key
    assert session.scalars(select(QuestionMedium)).all() == []
    assert acts(session)[-1] == "medium.removed"


def test_who_may_remove(session: Session, desk: Desk) -> None:
    added(session, desk)
    with pytest.raises(NotFound):
        removed(session, desk, "setter 2")
    write(session, desk, "setter 2", "C2", text=SHOWN)
    with pytest.raises(NotAllowed):
        removed(session, desk, "setter 2")
    added(session, desk, medium=new("cd" * 32, "questions/cd/" + "cd" * 16))
    assert removed(session, desk, "reviewer", "cd" * 32)


def test_a_setter_sees_what_they_uploaded_or_use(session: Session, desk: Desk) -> None:
    def seen(name: str) -> list[str]:
        author = desk.people[name].id if name.startswith("setter") else None
        page = queries.media_page(session, desk.bank.id, author, "", 1, sort="name", is_descending=False)
        return [row.digest for row in page.rows]

    added(session, desk)
    assert (seen("setter"), seen("setter 2"), seen("reviewer")) == ([DIGEST], [], [DIGEST])
    write(session, desk, "setter 2", text=SHOWN)
    assert seen("setter 2") == [DIGEST]


def test_another_bank_shares_the_stored_file(session: Session, desk: Desk) -> None:
    added(session, desk)
    other = add(session, Bank(contest_id=make_contest(session, slug="khac").id, name="Khác", created_at=NOW))
    for _ in range(2):
        services.copy_media(session, desk.setter, NOW, source=desk.bank, target=other, digests=[DIGEST, "0" * 64])
    copy = queries.media_of_bank(session, other.id, [DIGEST])[DIGEST]
    assert (copy.key, copy.name, copy.width) == (new().key, "Bản đồ", 640)
    assert removed(session, desk) is None
