from contest.actors import Actor, HeldSeat

ACTOR = Actor(
    7,
    seats=frozenset(
        {
            HeldSeat(1, "ta", "organizer"),
            HeldSeat(1, "ta", "coordinator", 31),
            HeldSeat(1, "ta", "coordinator", 32),
            HeldSeat(2, "khac", "judge"),
            HeldSeat(2, "khac", "coordinator", 33),
        }
    ),
)


def test_seat_counts_in_its_own_contest_only() -> None:
    assert ACTOR.holds(1, "organizer")
    assert not ACTOR.holds(2, "organizer")
    assert ACTOR.holds(2)
    assert not ACTOR.holds(3)


def test_one_of_several_roles_is_enough() -> None:
    assert ACTOR.holds(2, "organizer", "judge")
    assert not ACTOR.holds(2, "organizer", "secretary")


def test_roles_are_those_of_the_named_contest() -> None:
    assert ACTOR.roles_in("khac") == {"judge", "coordinator"}
    assert ACTOR.roles_in("none") == frozenset()


def test_coordinator_has_the_units_of_that_contest() -> None:
    assert ACTOR.units_in(1) == {31, 32}
    assert ACTOR.units_in(3) == frozenset()


def test_person_without_seats_holds_nothing() -> None:
    assert not Actor(7, is_admin=True).holds(1)
