"""The rules of five real contests, typed into the form, rank the same twelve people in five ways."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.queries import find_pending_rules
from contest.quiz.domain.policy import Counted
from contest.standings.domain.attempts import Finished, Frame, by_person, results_of
from contest.standings.domain.ranking import rank, read_chain
from contest.standings.sections import PrizesSection, RankingSection, UnitsSection, opening_lacks
from tests.factories import NOW, make_round, sign_in
from tests.standings.world import World, make_world
from tests.web import form_values, post

TARGET = 12

# name: attempts of (right out of 20, prediction, seconds, hours after opening at which it began)
PEOPLE: dict[str, list[tuple[int, int | None, int, float]]] = {
    "A": [(20, 12, 500, 10)],
    "B": [(20, 12, 400, 12)],
    "C": [(20, 10, 300, 1)],
    "D": [(20, None, 200, 2)],
    "E": [(19, 12, 100, 3)],
    "F": [(19, 13, 100, 4)],
    "G": [(20, 99, 800, 9), (20, 12, 400, 12)],
    "H": [(18, 12, 90, 5)],
    "I": [(18, 12, 90, 5)],
    "J": [(20, 15, 600, 6), (20, 12, 650, 8)],
    "K": [(0, 12, 15, 7)],
    "L": [(20, 11, 500, 0.5)],
}

RULE_SETS: dict[str, tuple[str, list[str], str]] = {
    "Bắc Trà My": (
        "none",
        ["right_count", "duration_ms", "deviation", "manual"],
        "D1 C2 B3 G3 A5 L6 J7 E8 F9 H10 I10 K12",
    ),
    "Quảng Nam": (
        "none",
        ["points", "deviation", "duration_ms", "started_at", "perfect_count"],
        "G1 B2 A3 J4 L5 C6 D7 E8 F9 H10 I10 K12",
    ),
    "Quảng Ninh": ("drop", ["deviation", "since_opening_ms"], "J1 A2 B3 G3 L5 C6 D7"),
    "Phong Nha": ("last", ["deviation", "submitted_at"], "J1 A2 B3 G3 L5 C6 D7 E8 H9 I9 K11 F12"),
    "MyAloha": ("none", ["right_count", "duration_ms", "submitted_at"], "D1 C2 B3 G3 L5 A6 J7 E8 F9 H10 I10 K12"),
}


def twelve() -> list[Finished]:
    return [
        Finished(
            participation_id=ord(name),
            group_id=1,
            unit_id=1,
            number=number,
            right_count=right,
            question_count=20,
            points=right * 1000,
            prediction=prediction,
            duration_ms=seconds * 1000,
            started_at=NOW + timedelta(hours=hours),
            ended_at=NOW + timedelta(hours=hours, seconds=seconds),
        )
        for name, attempts in PEOPLE.items()
        for number, (right, prediction, seconds, hours) in enumerate(attempts, start=1)
    ]


@pytest.fixture
def world(session: Session, client: FlaskClient) -> World:
    world = make_world(session)
    make_round(session, world.contest, position=2, released_at=None)
    sign_in(session, client, world.secretary)
    return world


def typed(session: Session, world: World, code: str) -> Any:
    session.rollback()
    draft = find_pending_rules(session, world.contest.id)
    assert draft is not None
    return draft.sections[code]


@pytest.mark.parametrize("name", RULE_SETS)
def test_real_rules_through_the_form(session: Session, client: FlaskClient, world: World, name: str) -> None:
    gate, keys, expected = RULE_SETS[name]
    data = {"gate": gate, **{f"steps-{row}-key": key for row, key in enumerate(keys)}}
    data |= {f"steps-{row}-direction": "" for row in range(len(keys))}
    assert post(client, f"/staff/{world.contest.slug}/rules/ranking", data).status_code == 303
    chain = read_chain(typed(session, world, "ranking"))
    results = results_of(by_person(twelve()), Frame(Counted.BEST, chain, NOW, TARGET, {}))
    ranked = rank(results, chain)
    assert " ".join(f"{chr(each.result.participation_id)}{each.rank}" for each in ranked) == expected


def test_the_rule_sets_rank_differently() -> None:
    assert len({expected for _gate, _keys, expected in RULE_SETS.values()}) == len(RULE_SETS)


def test_prizes_through_the_form(session: Session, client: FlaskClient, world: World) -> None:
    data = {"tiers-0-name": "Giải Nhất", "tiers-0-count": "1", "tiers-0-worth": "1.500.000 đồng"}
    data |= {"tiers-0-floor": "right_count", "tiers-0-minimum": "15", "tiers-1-floor": "none"}
    data |= {"ties": "stop_before", "cap_percent": "50"}
    assert post(client, f"/staff/{world.contest.slug}/rules/prizes", data).status_code == 303
    assert typed(session, world, "prizes") == {
        "tiers": [{"name": "Giải Nhất", "count": 1, "worth": "1.500.000 đồng", "floor": "right_count", "minimum": 15}],
        "ties": "stop_before",
        "cap_percent": 50,
    }


def test_units_through_the_form(session: Session, client: FlaskClient, world: World) -> None:
    data = {"formula": "rate_and_prizes", "points-0-tier": "Giải Nhất", "points-0-points": "10", "points-1-tier": ""}
    assert post(client, f"/staff/{world.contest.slug}/rules/units", data).status_code == 303
    assert typed(session, world, "units") == {
        "formula": "rate_and_prizes",
        "points": [{"tier": "Giải Nhất", "points": 10}],
    }


@pytest.mark.parametrize(
    ("section", "data", "kept"),
    [
        ("ranking", {"gate": "none", "steps-0-key": ""}, {}),
        ("ranking", {"gate": "none", "steps-0-key": "points", "steps-1-key": "points"}, {}),
        ("prizes", {"tiers-0-name": "Giải Ba", "tiers-0-floor": "none", "ties": "decide"}, {"tiers-0-name": "Giải Ba"}),
        ("prizes", {"tiers-0-count": "3", "tiers-0-floor": "none", "ties": "decide"}, {"tiers-0-count": "3"}),
        ("units", {"formula": "rate_and_prizes"}, {}),
        ("units", {"formula": "rate", "points-0-tier": "Giải Nhất"}, {"points-0-tier": "Giải Nhất"}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, world: World, section: str, data: dict[str, str], kept: dict[str, str]
) -> None:
    reply = post(client, f"/staff/{world.contest.slug}/rules/{section}", data)
    assert reply.status_code == 422
    assert "error-summary" in reply.text
    assert kept.items() <= form_values(reply.text).items()


def printed(app: Flask, locale: str, section: Any, value: Any) -> list[str]:
    with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
        return [line.text for line in section.lines(value)]


def test_changing_a_value_changes_the_printed_sentence(app: Flask) -> None:
    ranking, prizes, units = RankingSection(), PrizesSection(), UnitsSection()
    tier = {"name": "Giải Nhất", "count": 1, "worth": "", "floor": "none", "minimum": 0}
    pairs: list[tuple[Any, Any, Any]] = [
        (ranking, {"gate": "none", "steps": []}, {"gate": "drop", "steps": []}),
        (
            ranking,
            {"gate": "none", "steps": [{"key": "duration_ms", "direction": "asc"}]},
            {"gate": "none", "steps": [{"key": "duration_ms", "direction": "desc"}]},
        ),
        (
            prizes,
            {"tiers": [tier], "ties": "decide", "cap_percent": None},
            {"tiers": [{**tier, "floor": "all_right"}], "ties": "decide", "cap_percent": None},
        ),
        (
            prizes,
            {"tiers": [tier], "ties": "decide", "cap_percent": None},
            {"tiers": [tier], "ties": "award_all", "cap_percent": 50},
        ),
        (units, {"formula": "rate", "points": []}, {"formula": "participants", "points": []}),
    ]
    for section, before, after in pairs:
        for locale in ("vi", "en"):
            assert printed(app, locale, section, before) != printed(app, locale, section, after)


def test_nothing_is_printed_of_what_there_is_not(app: Flask) -> None:
    assert printed(app, "vi", PrizesSection(), PrizesSection().default()) == []
    assert printed(app, "vi", UnitsSection(), UnitsSection().default()) == []


@pytest.mark.parametrize(("asked", "lacks"), [(True, []), (False, ["prediction_not_asked"])])
def test_a_chain_by_prediction_needs_the_question(app: Flask, session: Session, asked: bool, lacks: list[str]) -> None:
    prediction = {"is_asked": asked, "target": "all_right", "question": "Bao nhiêu?"}
    world = make_world(session, prediction=prediction)
    with app.test_request_context():
        assert [lack.code for lack in opening_lacks(session, world.round)] == lacks
