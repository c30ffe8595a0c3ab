"""The section "panel": typed into the form, checked, printed, and needed before an entry round opens."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import Role, RoundKind
from contest.contests.queries import find_pending_rules
from contest.judging.domain.panel import default_panel, read_panel
from contest.judging.sections import PanelSection, opening_lacks
from tests.factories import NOW, make_contest, make_person, make_round, make_rules, make_seat, sign_in
from tests.judging.world import PANEL
from tests.web import form_values, post

SECTION = PanelSection()


def changed(**values: Any) -> dict[str, Any]:
    return {**deepcopy(PANEL), **values}


def rows(*criteria: tuple[str, int, int]) -> list[dict[str, Any]]:
    return [
        {"code": f"c{number}", "name": name, "max": most, "weight": weight}
        for number, (name, most, weight) in enumerate(criteria, start=1)
    ]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (changed(), []),
        (changed(criteria=[]), ["criteria_missing"]),
        (changed(criteria=rows(("Nội dung", 100_000, 10))), []),
        (changed(criteria=rows(("Nội dung", 99_500, 10))), ["rubric_total"]),
        (changed(criteria=rows(("Nội dung", 50_000, 20))), []),
        (changed(criteria=rows(("Nội dung", 40_000, 25))), []),
        (changed(criteria=rows(("", 100_000, 10))), ["criterion_incomplete"]),
        (changed(criteria=rows(("Nội dung", 0, 10))), ["criterion_incomplete"]),
        (changed(criteria=rows(("Nội dung", 100_000, 0))), ["criterion_incomplete"]),
        (changed(criteria=rows(("Nội dung", 50_000, 10), ("NỘI DUNG", 50_000, 10))), ["criterion_twice"]),
        (changed(criteria=rows(("Nội dung", 99_750, 10), ("Sáng tạo", 250, 10))), []),
        (changed(step=500, criteria=rows(("Nội dung", 99_750, 10), ("Sáng tạo", 250, 10))), ["criterion_step"] * 2),
        (changed(step=1000, criteria=rows(("Nội dung", 99_500, 10), ("Khác", 500, 10))), ["criterion_step"] * 2),
        (changed(agree_from=0), ["agree_from_out_of_range"]),
        (changed(agree_from=100_000), []),
        (changed(agree_from=100_001), ["agree_from_out_of_range"]),
        (changed(scale=10_000, agree_from=1_000), ["rubric_total"]),
    ],
)
def test_a_rubric_adds_up_to_the_scale_in_steps_of_a_mark(value: dict[str, Any], codes: list[str]) -> None:
    assert [problem.code for problem in SECTION.problems(value)] == codes


def test_the_first_rubric_has_to_be_written() -> None:
    assert [problem.code for problem in SECTION.problems(default_panel())] == ["criterion_incomplete"]


def test_citizens_read_who_scores_by_what_and_what_settles(app: Flask) -> None:
    with app.test_request_context("/"):
        judges, rubric, score = SECTION.lines(changed())
    assert "2" in judges.answer
    assert "100" in rubric.answer
    assert [str(item) for item in rubric.items] == [
        "Nội dung: tối đa 60 điểm",
        "Sáng tạo: tối đa 20 điểm, nhân hệ số 2",
    ]
    assert "0,25" in rubric.condition
    assert "10" in score.condition


def test_every_value_of_the_rule_is_in_its_sentences(app: Flask) -> None:
    others = {
        "judges": 3,
        "decimals": 2,
        "agree_from": 15_500,
        "step": 500,
        "scale": 50_000,
        "criteria": rows(("Hình thức", 100_000, 10)),
    }
    with app.test_request_context("/"):
        before = " ".join(line.text for line in SECTION.lines(changed()))
        for name, value in others.items():
            after = " ".join(line.text for line in SECTION.lines(changed(**{name: value})))
            assert after != before, name


def desk(session: Session, client: FlaskClient, **sections: Any) -> tuple[str, Any]:
    contest = make_contest(session)
    make_round(session, contest, kind=RoundKind.ENTRY, opens_at=NOW + timedelta(days=3), released_at=None)
    make_rules(session, contest, sections)
    organizer = make_person(session, "Lâm Văn Trưởng")
    make_seat(session, contest, organizer, Role.ORGANIZER)
    sign_in(session, client, organizer)
    return f"/staff/{contest.slug}/rules/panel", contest


TYPED = {
    "criteria-0-name": "Nội dung",
    "criteria-0-max_points": "60",
    "criteria-1-name": "Sáng tạo",
    "criteria-1-max_points": "12,5",
    "criteria-1-weight": "3,2",
    "scale": "100",
    "step": "500",
    "judges": "3",
    "decimals": "2",
    "agree_from": "9,5",
    "lease_minutes": "30",
}


def test_what_is_typed_becomes_the_value_and_comes_back(session: Session, client: FlaskClient) -> None:
    url, contest = desk(session, client)
    assert post(client, url, {**TYPED, "criteria-2-name": "", "criteria-2-max_points": ""}).status_code == 303
    pending = find_pending_rules(session, contest.id)
    assert pending is not None
    value = pending.sections["panel"]
    panel = read_panel(value)
    assert [(each.code, each.name, each.max_points, each.weight) for each in panel.criteria] == [
        ("c1", "Nội dung", 60_000, 10),
        ("c2", "Sáng tạo", 12_500, 32),
    ]
    assert (panel.judges, panel.scale, panel.decimals, panel.agree_from) == (3, 100_000, 2, 9_500)
    assert (panel.step, panel.lease_minutes) == (500, 30)
    again = form_values(client.get(url).text)
    assert (again["criteria-1-max_points"], again["criteria-1-weight"]) == ("12,5", "3,2")
    assert again["criteria-1-code"] == "c2"
    assert post(client, url, {**again, **{name: TYPED[name] for name in ("step", "decimals")}}).status_code == 303
    session.expire_all()
    assert find_pending_rules(session, contest.id).sections["panel"] == value


def test_a_criterion_keeps_its_code_when_it_is_renamed_and_moved(session: Session, client: FlaskClient) -> None:
    url, contest = desk(session, client, panel=PANEL)
    moved = {
        **TYPED,
        "criteria-0-name": "Mới",
        "criteria-0-max_points": "24",
        "criteria-1-code": "c2",
        "criteria-1-name": "Sáng tạo và bản sắc",
        "criteria-1-max_points": "40",
        "criteria-1-weight": "1",
        "criteria-2-code": "c1",
        "criteria-2-name": "Nội dung",
        "criteria-2-max_points": "36",
        "criteria-3-code": "c1",
        "criteria-3-name": "Chép mã",
        "criteria-3-max_points": "0",
        "criteria-4-code": "__proto__",
        "criteria-4-name": "Tự đặt mã",
        "criteria-4-max_points": "0",
    }
    assert post(client, url, moved).status_code == 422, "a criterion without points is no criterion"
    for row in ("3", "4"):
        moved[f"criteria-{row}-max_points"] = "12"
    moved["criteria-0-max_points"] = "0,5"
    moved["criteria-2-max_points"] = "35,5"
    assert post(client, url, moved).status_code == 303
    criteria = find_pending_rules(session, contest.id).sections["panel"]["criteria"]
    assert [(each["code"], each["name"]) for each in criteria] == [
        ("c3", "Mới"),
        ("c2", "Sáng tạo và bản sắc"),
        ("c1", "Nội dung"),
        ("c4", "Chép mã"),
        ("c5", "Tự đặt mã"),
    ]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("criteria-0-max_points", "60,1234"),
        ("criteria-0-max_points", "sáu mươi"),
        ("criteria-0-max_points", "-1"),
        ("criteria-1-weight", "3,25"),
        ("criteria-1-weight", "11"),
        ("scale", "1001"),
        ("scale", ""),
        ("agree_from", "1e3"),
        ("judges", "0"),
        ("judges", "6"),
        ("lease_minutes", "4"),
        ("lease_minutes", "1441"),
        ("step", "100"),
        ("decimals", "3"),
        ("criteria-0-max_points", "60,25"),
        ("scale", "99"),
        ("criteria-1-name", "nội dung"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_what_was_typed_stays(
    session: Session, client: FlaskClient, name: str, typed: str
) -> None:
    url, contest = desk(session, client)
    reply = post(client, url, {**TYPED, name: typed})
    assert reply.status_code == 422
    assert find_pending_rules(session, contest.id) is None
    shown = form_values(reply.text)
    if name in shown:
        assert shown[name] == typed
    assert "field-error" in reply.text or "error-summary" in reply.text


@pytest.mark.parametrize(
    ("kind", "sections", "judges", "codes"),
    [
        (RoundKind.ENTRY, {}, 2, ["panel_missing"]),
        (RoundKind.ENTRY, {"panel": PANEL}, 2, []),
        (RoundKind.ENTRY, {"panel": PANEL}, 1, ["judges_missing"]),
        (RoundKind.QUIZ, {}, 0, []),
    ],
)
def test_an_entry_round_needs_a_panel_rule_and_is_reminded_of_judges(
    app: Flask, session: Session, kind: RoundKind, sections: dict[str, Any], judges: int, codes: list[str]
) -> None:
    contest = make_contest(session)
    round_ = make_round(session, contest, kind=kind)
    make_rules(session, contest, sections)
    for number in range(judges):
        make_seat(session, contest, make_person(session, f"Giám khảo {number}"), Role.JUDGE)
    with app.test_request_context("/"):
        lacks = opening_lacks(session, round_)
    assert [lack.code for lack in lacks] == codes
    assert [lack.blocks for lack in lacks] == [code == "panel_missing" for code in codes]


def test_without_any_rules_it_is_not_said_twice(app: Flask, session: Session) -> None:
    round_ = make_round(session, make_contest(session), kind=RoundKind.ENTRY)
    with app.test_request_context("/"):
        assert opening_lacks(session, round_) == []
