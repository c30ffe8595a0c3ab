"""Who acts, as every layer sees them: values without behaviour of the web or the database."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that is valid now."""

    contest_id: int
    contest_slug: str
    role: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person as services see them."""

    person_id: int
    is_admin: bool = False
    seats: frozenset[HeldSeat] = field(default_factory=frozenset)

    def holds(self, contest_id: int, *roles: str) -> bool:
        """Whether the person has one of these seats in this contest; without roles, any seat."""
        return any(seat.contest_id == contest_id and (not roles or seat.role in roles) for seat in self.seats)

    def roles_in(self, contest_slug: str) -> frozenset[str]:
        """The person's roles in the contest with this slug."""
        return frozenset(seat.role for seat in self.seats if seat.contest_slug == contest_slug)

    def units_in(self, contest_id: int) -> frozenset[int]:
        """Units for which the person is coordinator in this contest."""
        return frozenset(
            seat.unit_id for seat in self.seats if seat.contest_id == contest_id and seat.unit_id is not None
        )


@dataclass(frozen=True, slots=True)
class Visitor:
    """The signed-in person of a request, in the shape that Flask-Login expects.

    `token` is what the cookie holds; the table knows only its digest.
    """

    actor: Actor
    display_name: str
    locale: str
    session_id: int
    token: str
    must_change_password: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie."""
        return self.token
