from datetime import timedelta

from sqlalchemy.orm import Session

from contest.quiz.services.plays import count_play, reported_plays
from tests.factories import NOW
from tests.quiz.world import World, begin

SOUND, OTHER = "a" * 64, "b" * 64


def test_plays_are_counted_by_slot_and_sound_at_most_once_a_second(session: Session, world: World) -> None:
    attempt = begin(session, world)
    for ms, slot, digest in (
        (0, 1, SOUND), (999, 1, SOUND), (1000, 1, SOUND), (1500, 1, OTHER), (1600, 2, SOUND), (9000, 1, SOUND)
    ):  # fmt: skip
        count_play(session, NOW + timedelta(milliseconds=ms), attempt.id, slot, digest)
    found = reported_plays(session, world.participation.id)
    assert [(each.slot, each.plays) for each in found] == [(1, 3), (1, 1), (2, 1)]
    assert (found[0].attempt_number, found[0].last_at) == (1, NOW + timedelta(seconds=9))


def test_nobody_elses_plays_are_reported(session: Session, world: World) -> None:
    count_play(session, NOW, begin(session, world).id, 1, SOUND)
    assert reported_plays(session, world.participation.id + 1) == []
