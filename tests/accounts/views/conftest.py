"""A person with a telephone number, and words of the pages in English."""

import pytest
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from tests.factories import make_person

LOGIN = "0912 345 678"


@pytest.fixture
def person(session: Session) -> Person:
    person = make_person(session, login="+84912345678", locale="en")
    session.commit()
    return person
