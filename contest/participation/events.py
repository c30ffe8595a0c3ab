"""What features above answer about a participant. Wiring fills the list."""

from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

has_open_attempt: list[Callable[[Session, int], bool]] = []
"""Whether the person (by id) is in the middle of something that a new password would end."""
own_panels: list[Callable[[Session, int, datetime], Markup]] = []
"""Each gives markup about a participation (by id) for the person's own page of it, or nothing."""
participant_panels: list[Callable[[Session, int], Markup]] = []
"""Each gives markup about a participation (by id) for the committee's page of it, or nothing."""
