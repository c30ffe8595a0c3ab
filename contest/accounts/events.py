"""What happened to people, for features above to react to. Wiring fills the list of listeners."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """Somebody has an account now, known by `login` in its stored form. The login has not been proved to be theirs."""

    person_id: int
    login: str


on_registered: list[Callable[[Session, PersonRegistered, datetime], None]] = []
