"""Who works on which bank from the command line."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.accounts.models import Login
from tests.questions.desk import Desk, make_desk


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"slug": "khong-co"}, "There is no contest “khong-co”"),
        ({"name": "Tuần 9"}, "There is no bank “Tuần 9” in this contest"),
        ({"login": "khong.ai"}, "Nobody signs in with “khong.ai”."),
    ],
)
def test_a_wrong_name_is_answered_with_a_sentence(
    contest: Callable[..., Result], session: Session, database_url: str, changes: dict[str, Any], words: str
) -> None:
    desk: Desk = make_desk(session)
    login = session.scalars(select(Login.value).where(Login.person_id == desk.people["reviewer"].id)).one()
    session.commit()
    given = {"slug": desk.contest.slug, "name": desk.bank.name, "login": login, **changes}
    told = contest("bank", "check", given["slug"], given["name"], "--as", given["login"], database_url=database_url)
    assert (told.exit_code, words in told.stderr) == (1 if words else 0, True), told.output
