from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from contest.contests.models import Role
from contest.contests.queries import find_pending_rules
from contest.entries.domain.limits import BOUNDS, default_limits
from contest.entries.sections import FormsSection
from tests.entries.world import World
from tests.factories import make_person, make_seat, sign_in
from tests.web import form_values, post

SECTION = FormsSection()
YOUNGEST = {"groups": {"lop-1-2": "Lớp 1 và lớp 2"}, "forms": ["video", "audio"], "clip_min_seconds": 60}
NAMES = {"lop-1-2": "Lớp 1 và lớp 2", "lop-3-5": "Lớp 3 đến lớp 5"}


def with_blocks(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {**default_limits(), "groups": list(blocks)}


@pytest.fixture
def backend() -> str:
    """What the rules say does not depend on the database."""
    return "sqlite"


@pytest.fixture
def reader(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("vi"):
        yield


def test_the_rules_of_a_new_contest_are_in_order() -> None:
    assert SECTION.problems(SECTION.default()) == []


@pytest.mark.parametrize("name", BOUNDS)
def test_each_number_has_both_bounds(name: str) -> None:
    least, most = BOUNDS[name]
    value = {**default_limits(), "clip_min_seconds": 0, "clip_max_seconds": 7200}
    for number, is_right in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
        found = SECTION.problems({**value, name: number})
        assert [(each.code, each.field) for each in found] == ([] if is_right else [("number_out_of_range", name)])


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"forms": []}, "forms", "no_form_chosen"),
        ({"clip_min_seconds": 600, "clip_max_seconds": 600}, "clip_max_seconds", "clip_length_reversed"),
        ({"commitment": " "}, "commitment", "commitment_text_missing"),
    ],
)
def test_a_problem_names_its_field(change: dict[str, Any], field: str, code: str) -> None:
    [problem] = SECTION.problems({**default_limits(), **change})
    assert (problem.field, problem.code) == (field, code)


@pytest.mark.usefixtures("reader")
def test_citizens_read_every_limit_and_what_blindness_cannot_hide() -> None:
    text = " ".join(f"{line.term} {line.text}" for line in SECTION.lines(default_limits()))
    for words in ("5.000 chữ", "3 phút", "10 phút", "640 × 480", "20 MB", "2.048 MB", "lộ người dự thi", "cam kết"):
        assert words in text


@pytest.mark.usefixtures("reader")
def test_limits_of_forms_that_are_not_allowed_are_not_printed() -> None:
    written = SECTION.lines({**default_limits(), "forms": ["text"]})
    assert [line.icon for line in written] == ["pencil", "file-text", "repeat", "eye-off", "shield-check"]
    assert "lộ người dự thi" not in " ".join(line.text for line in written)
    heard = SECTION.lines({**default_limits(), "forms": ["audio"]})
    assert "640" not in " ".join(line.text for line in heard)


def test_the_form_gives_back_the_value_that_filled_it(app: Flask) -> None:
    value = {**default_limits(), "forms": ["text", "video"], "clip_min_seconds": 90}
    assert given_back(app, value) == value
    several = {**value, "groups": [YOUNGEST, {"groups": {"lop-3-5": "Lớp 3 đến lớp 5"}, "words_max": 800}]}
    assert given_back(app, several) == several


def given_back(app: Flask, value: dict[str, Any], **change: str) -> dict[str, Any]:
    """What is read when the form filled with this value is sent, with a field typed anew."""
    with app.test_request_context():
        filled = SECTION.form(value)
        filled.suit(frozenset(), NAMES)
        fields = [(name, each) for name, each in _typed(filled) if name not in change]
    with app.test_request_context(method="POST", data=MultiDict([*fields, *change.items()])):
        form = SECTION.form(None)
        form.suit(frozenset(), NAMES)
        return SECTION.value(form)


def _typed(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if field.type == "FieldList":
            for row in field:
                yield from _typed(row.form)
        elif field.type == "BooleanField":
            yield from [(field.name, "y")] if field.data else []
        elif isinstance(field.data, list):
            yield from ((field.name, each) for each in field.data)
        elif field.data is not None:
            yield field.name, str(field.data)


def test_a_block_that_is_taken_out_leaves_the_rules_as_they_were_before_it(app: Flask) -> None:
    assert given_back(app, with_blocks(YOUNGEST), **{"groups-0-is_removed": "y"}) == default_limits()


def test_the_name_that_is_printed_is_the_name_of_the_group_when_it_is_saved(app: Flask) -> None:
    renamed = {**YOUNGEST, "groups": {"lop-1-2": "Khối 1, 2"}}
    assert given_back(app, with_blocks(renamed)) == with_blocks(YOUNGEST)


@pytest.mark.parametrize("name", BOUNDS)
def test_each_number_of_a_block_has_the_same_bounds(name: str) -> None:
    least, most = BOUNDS[name]
    value = {**default_limits(), "clip_min_seconds": 0, "clip_max_seconds": 7200, "width_min": 1, "height_min": 1}
    for number, is_right in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
        whole = {**value, "words_max": 2, "document_max_mb": 2, "clip_max_mb": 2}
        block = {"groups": {"lop-1-2": "Lớp 1 và lớp 2"}, "forms": ["video"], name: number}
        found = SECTION.problems({**whole, "groups": [block]})
        expected = [] if is_right else [("number_out_of_range", f"groups-0-{name}")]
        assert [(each.code, each.field) for each in found] == expected


@pytest.mark.parametrize(
    ("blocks", "field", "code"),
    [
        ([{**YOUNGEST, "groups": {}}], "groups-0-groups", "block_without_groups"),
        ([YOUNGEST, {**YOUNGEST, "words_max": 5}], "groups-1-groups", "group_in_two_blocks"),
        ([{"groups": NAMES}], "groups-0-forms", "block_as_for_all"),
        ([{"groups": NAMES, "words_max": 5000}], "groups-0-forms", "block_as_for_all"),
        ([{**YOUNGEST, "clip_min_seconds": 600}], "groups-0-clip_min_seconds", "clip_length_reversed"),
        ([{**YOUNGEST, "clip_max_seconds": 60}], "groups-0-clip_max_seconds", "clip_length_reversed"),
    ],
)
def test_a_problem_of_a_block_names_its_field(blocks: list[dict[str, Any]], field: str, code: str) -> None:
    [problem] = SECTION.problems(with_blocks(*blocks))
    assert (problem.field, problem.code) == (field, code)


@pytest.mark.parametrize(("least", "is_right"), [(599, True), (600, False)])
def test_a_shortest_clip_of_a_block_is_held_against_the_longest_for_all(least: int, is_right: bool) -> None:
    assert (SECTION.problems(with_blocks({**YOUNGEST, "clip_min_seconds": least})) == []) is is_right


@pytest.mark.usefixtures("reader")
def test_citizens_read_for_whom_it_is_otherwise_and_only_what_is() -> None:
    lines = {line.term: line.text for line in SECTION.lines(with_blocks(YOUNGEST))}
    said = lines["Riêng Lớp 1 và lớp 2"]
    for words in ("Video · Ghi âm", "Từ 1 phút đến 10 phút"):
        assert words in said
    for words in ("chữ", "PDF", "Tài liệu"):
        assert words not in said
    assert "5.000 chữ" in lines["Độ dài bài viết"]
    shorter = SECTION.lines(with_blocks({**YOUNGEST, "clip_min_seconds": 30}))
    assert "Từ 30 giây đến 10 phút" in {line.term: line.text for line in shorter}["Riêng Lớp 1 và lớp 2"]


@pytest.mark.usefixtures("reader")
def test_what_a_clip_may_reveal_is_told_where_only_some_may_send_one() -> None:
    value = {**with_blocks(YOUNGEST), "forms": ["text"]}
    assert "lộ người dự thi" in " ".join(line.text for line in SECTION.lines(value))


@pytest.fixture
def desk(client: FlaskClient, session: Session, world: World) -> FlaskClient:
    """A browser in which an organizer of the world's contest is signed in."""
    organizer = make_person(session, "Lâm Văn Trưởng")
    make_seat(session, world.contest, organizer, Role.ORGANIZER)
    session.commit()
    sign_in(session, client, organizer)
    return client


def test_a_block_is_written_on_the_page_without_a_script(desk: FlaskClient, session: Session, world: World) -> None:
    address = f"/staff/{world.contest.slug}/rules/forms"
    page = desk.get(address).text
    assert world.group.name in page
    typed = {**form_values(page), "forms": ["text", "video"], "commitment": "Tôi tự làm."}
    said = {
        **typed,
        "groups-0-groups": world.group.code,
        "groups-0-forms": ["video"],
        "groups-0-clip_max_seconds": "300",
    }
    assert post(desk, address, said).status_code == 303
    session.rollback()
    draft = find_pending_rules(session, world.contest.id)
    assert draft is not None
    assert draft.sections["forms"]["groups"] == [
        {"groups": {world.group.code: world.group.name}, "forms": ["video"], "clip_max_seconds": 300}
    ]
    again = desk.get(address).text
    assert 'value="300"' in again
    assert 'name="groups-1-words_max"' in again  # and a blank one
    assert f"Riêng {world.group.name}" in desk.get(f"/staff/{world.contest.slug}/rules").text


def test_a_mistake_in_a_block_stands_beside_its_field_and_keeps_what_was_typed(
    desk: FlaskClient, session: Session, world: World
) -> None:
    address = f"/staff/{world.contest.slug}/rules/forms"
    typed = {**form_values(desk.get(address).text), "forms": ["text"], "commitment": "Tôi tự làm."}
    block = {"groups-0-groups": world.group.code, "groups-0-words_max": "20001", "groups-0-clip_max_mb": "nhiều"}
    reply = post(desk, address, {**typed, **block})
    assert reply.status_code == 422
    assert 'id="groups-0-clip_max_mb-error"' in reply.text
    assert 'value="nhiều"' in reply.text
    reply = post(desk, address, {**typed, **block, "groups-0-clip_max_mb": ""})
    assert reply.status_code == 422
    assert 'id="groups-0-words_max-error"' in reply.text
    assert "20001" in reply.text
    session.rollback()
    assert find_pending_rules(session, world.contest.id) is None
