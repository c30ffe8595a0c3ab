"""The rules of five real contests, typed into the form, rank the same twelve people in five ways."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import Role, RoundKind
from contest.contests.queries import find_pending_rules
from contest.quiz.domain.policy import Counted
from contest.standings.domain.attempts import Finished, Frame, by_person, results_of
from contest.standings.domain.ranking import rank, read_chain
from contest.standings.sections import EntryRankingSection, PrizesSection, RankingSection, UnitsSection, opening_lacks
from tests.factories import NOW, make_contest, make_round, make_seat, sign_in
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


ENTRY_FORM = {"steps-0-key": "judged_score", "steps-0-direction": "", "steps-1-key": "manual", "steps-1-direction": ""}


def test_entries_have_a_ranking_of_their_own(session: Session, client: FlaskClient, world: World) -> None:
    address = f"/staff/{world.contest.slug}/rules/entry_ranking"
    assert client.get(address).status_code == 404
    make_round(session, world.contest, position=3, kind=RoundKind.ENTRY, released_at=None)
    session.commit()
    html = client.get(address).text
    assert 'value="judged_score"' in html
    assert 'value="right_count"' not in html
    assert 'name="gate"' not in html
    assert post(client, address, {**ENTRY_FORM, "steps-0-key": "right_count"}).status_code == 422
    assert post(client, address, ENTRY_FORM).status_code == 303
    assert typed(session, world, "entry_ranking") == {
        "gate": "none",
        "steps": [{"key": "judged_score", "direction": "desc"}, {"key": "manual", "direction": "asc"}],
    }
    assert 'value="judged_score"' not in client.get(f"/staff/{world.contest.slug}/rules/ranking").text


@pytest.mark.parametrize(
    ("kinds", "offered"),
    [
        ([RoundKind.QUIZ], {"none", "all_right", "right_count"}),
        ([RoundKind.ENTRY], {"none", "judged_score"}),
        ([RoundKind.QUIZ, RoundKind.ENTRY], {"none", "all_right", "right_count", "judged_score"}),
    ],
)
def test_conditions_of_prizes_fit_the_rounds(
    session: Session, client: FlaskClient, world: World, kinds: list[RoundKind], offered: set[str]
) -> None:
    contest = make_contest(session)
    for position, kind in enumerate(kinds, start=1):
        make_round(session, contest, position=position, kind=kind, released_at=None)
    make_seat(session, contest, world.secretary, Role.SECRETARY)
    session.commit()
    html = client.get(f"/staff/{contest.slug}/rules/prizes").text
    floors = html.split('name="tiers-0-floor"')[1].split("</select>")[0]
    assert set(re.findall(r'value="(\w+)"', floors)) == offered
    refused = {"none", "all_right", "right_count", "judged_score"} - offered
    for floor in refused:
        data = {"tiers-0-name": "Giải Nhất", "tiers-0-count": "1", "tiers-0-floor": floor, "tiers-0-minimum": "5"}
        assert post(client, f"/staff/{contest.slug}/rules/prizes", {**data, "ties": "decide"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("80", 80_000),
        ("80,5", 80_500),
        ("80.25", 80_250),
        ("0,01", 10),
        ("80,125", None),
        ("1.000", None),
        ("-1", None),
    ],
)
def test_judged_points_are_typed_with_a_comma_or_a_point(
    session: Session, client: FlaskClient, world: World, text: str, stored: int | None
) -> None:
    make_round(session, world.contest, position=3, kind=RoundKind.ENTRY, released_at=None)
    session.commit()
    data = {"tiers-0-name": "Giải Nhất", "tiers-0-count": "1", "tiers-0-floor": "judged_score", "ties": "decide"}
    address = f"/staff/{world.contest.slug}/rules/prizes"
    reply = post(client, address, {**data, "tiers-0-minimum": text})
    assert reply.status_code == (422 if stored is None else 303)
    if stored is None:
        assert form_values(reply.text)["tiers-0-minimum"] == text
    else:
        assert typed(session, world, "prizes")["tiers"][0]["minimum"] == stored
        shown = form_values(client.get(address).text)["tiers-0-minimum"]
        assert shown == text.replace(".", ",")


def test_number_that_no_condition_asked_for_may_be_missing(session: Session, client: FlaskClient, world: World) -> None:
    tier = {"name": "Giải Nhất", "count": 1, "worth": "", "floor": "all_right", "minimum": None}
    section = {"tiers": [tier], "ties": "decide", "cap_percent": None}
    world.rules.sections = {**world.rules.sections, "prizes": section}
    session.commit()
    reply = client.get(f"/staff/{world.contest.slug}/rules/prizes")
    assert (reply.status_code, form_values(reply.text)["tiers-0-name"]) == (200, "Giải Nhất")


def test_half_a_right_answer_is_no_condition(client: FlaskClient, world: World) -> None:
    data = {"tiers-0-name": "Giải Nhất", "tiers-0-count": "1", "tiers-0-floor": "right_count", "ties": "decide"}
    reply = post(client, f"/staff/{world.contest.slug}/rules/prizes", {**data, "tiers-0-minimum": "14,5"})
    assert reply.status_code == 422
    assert "số nguyên" in reply.text


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


def test_judged_points_are_printed_with_a_comma(app: Flask) -> None:
    tier = {"name": "Giải Nhất", "count": 2, "worth": "", "floor": "judged_score", "minimum": 80_500}
    [line] = printed(app, "vi", PrizesSection(), {"tiers": [tier], "ties": "decide", "cap_percent": None})
    assert "chỉ khi điểm chấm đạt từ 80,5 trở lên" in line
    [line] = printed(app, "vi", EntryRankingSection(), EntryRankingSection().default())
    assert "Điểm chấm: cao hơn xếp trên" in line


def test_prize_out_of_reach_is_said_and_keeps_no_round_back(app: Flask, session: Session) -> None:
    tier = {"name": "Giải Nhất", "count": 1, "worth": "", "floor": "judged_score", "minimum": 80_000}
    world = make_world(session, prizes={"tiers": [tier], "ties": "decide", "cap_percent": None})
    entry_round = make_round(session, world.contest, position=2, kind=RoundKind.ENTRY, released_at=None)
    with app.test_request_context():
        found = [(lack.code, lack.blocks) for lack in opening_lacks(session, world.round)]
        assert (found, opening_lacks(session, entry_round)) == ([("prize_out_of_reach", False)], [])


def test_nothing_is_printed_of_what_there_is_not(app: Flask) -> None:
    assert printed(app, "vi", PrizesSection(), PrizesSection().default()) == []
    assert printed(app, "vi", UnitsSection(), UnitsSection().default()) == []


@pytest.mark.parametrize(("asked", "lacks"), [(True, []), (False, ["prediction_not_asked"])])
def test_a_chain_by_prediction_needs_the_question(app: Flask, session: Session, asked: bool, lacks: list[str]) -> None:
    prediction = {"is_asked": asked, "target": "all_right", "question": "Bao nhiêu?"}
    world = make_world(session, prediction=prediction)
    with app.test_request_context():
        assert [lack.code for lack in opening_lacks(session, world.round)] == lacks
