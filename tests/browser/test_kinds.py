"""Every kind of question that a machine marks, on one paper: what is given comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from question_bank.kinds import kinds
from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_quiz import OFFLINE, SAVED
from tests.question_bank.builders import options, question
from tests.quiz.world import SECTIONS, make_world

CODES = [kind.code for kind in kinds() if kind.is_marked]
STATE = """() => Object.fromEntries([...document.querySelectorAll(".question :is(input, select)")].map(
  (control) => [control.id, /radio|checkbox/.test(control.type) ? control.checked : control.value]))"""
SHOW_ALL = "document.querySelectorAll('.question').forEach((question) => { question.hidden = false })"

Begin = Callable[..., Page]


@pytest.fixture
def begin(site: Site, enter: Enter) -> Begin:
    """A paper with a question of each of these kinds, begun."""

    def page_of(size: tuple[int, int], codes: list[str], **changes: object) -> Page:
        sections = {
            "paper": {"rows": [{"topic": None, "difficulty": None, "count": len(codes)}]},
            "prediction": SECTIONS["prediction"] | {"is_asked": False},
        }
        with Session(site.engine(), expire_on_commit=False) as session:
            asked = [question(code, **changes) for code in codes]
            world = make_world(session, site.application(), questions=asked, sections=sections)
        page = enter(size, world.person)
        page.goto(f"/rounds/{world.round.public_id}")
        page.get_by_role("button", name="Bắt đầu làm bài").click()
        page.wait_for_url("**/attempts/*")
        return page

    return page_of


def fill(asked: Locator, turn: int) -> None:
    """Answer every part of a question, with something else on each turn."""
    for field in asked.locator("input:not([type=radio], [type=checkbox])").all():
        field.fill(f"1{turn}")
        field.blur()
    for choice in asked.locator("select").all():
        choice.select_option(index=turn)
    groups = asked.locator("[role=radiogroup]").all() or [asked]
    for offered in (group.locator("label.option") for group in groups):
        if offered.count():
            offered.nth(turn % offered.count()).click()


def fill_all(page: Page, turn: int) -> object:
    for asked in page.locator(".question").all():
        page.evaluate("id => { location.hash = id }", asked.get_attribute("id"))
        fill(asked, turn)
    return page.evaluate(STATE)


def test_what_is_given_comes_back_online_and_after_the_network_was_lost(begin: Begin) -> None:
    page = begin(PHONE, CODES)
    given = fill_all(page, 1)
    expect(page.locator("[data-save-note]")).to_have_text(f"{len(CODES)}/{len(CODES)} câu đã trả lời")
    expect(page.locator(SAVED)).to_be_visible()
    page.reload()
    assert page.evaluate(STATE) == given
    page.context.set_offline(True)
    changed = fill_all(page, 2)
    expect(page.locator(OFFLINE)).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_be_visible(timeout=30_000)
    page.reload()
    assert page.evaluate(STATE) == changed != given
    statements = page.locator('.question[data-kind="statements"]')
    page.evaluate("id => { location.hash = id }", statements.get_attribute("id"))
    expect(statements).to_be_focused()
    page.keyboard.press("a")  # names an option, and statements have none
    assert page.evaluate(STATE) == changed
    page.evaluate(SHOW_ALL)
    page.set_viewport_size({"width": PHONE[0], "height": 8000})  # nothing stands below the buttons at the foot
    assert violations(page) == []
    assert sideways(page) <= 0


def test_lines_are_put_in_order_with_the_keyboard_alone(begin: Begin) -> None:
    page = begin(DESKTOP, ["ordering"])
    lines, places = page.locator("[data-sequence] .answer-label"), page.locator("[data-sequence] select")
    first, second, third = lines.all_inner_texts()
    page.get_by_role("button", name=f"Chuyển xuống: {first}").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-sequence] [role=status]")).to_have_text(f"{first}: vị trí 3/3")
    assert lines.all_inner_texts() == [second, third, first]
    page.keyboard.press("Enter")  # the end: nothing moves, and the button keeps the focus
    expect(page.get_by_role("button", name=f"Chuyển xuống: {first}")).to_be_focused()
    assert lines.all_inner_texts() == [second, third, first]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert lines.all_inner_texts() == [second, first, third]
    assert [place.input_value() for place in places.all()] == ["1", "2", "3"]
    places.first.select_option("")
    assert [place.input_value() for place in places.all()] == ["", "", ""]
    expect(page.locator("[data-save-note]")).to_have_text("0/1 câu đã trả lời")


def test_ten_options_have_ten_keys_and_arrows_move_what_is_too_wide(begin: Begin) -> None:
    page = begin(PHONE, ["single"] * 2, text=f"${'a+' * 90}a$ là gì?", options=options(*"0123456789"))
    page.keyboard.press("j")
    expect(page.locator("#q1 input:checked")).to_have_count(0)  # nothing shows there how to turn the letters off
    page.locator("#q1").focus()
    page.keyboard.press("j")
    expect(page.locator("#q1 input[value=j]")).to_be_checked()
    page.locator("#q1 .formula-wide").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q1")).to_be_visible()
    assert sideways(page) <= 0
    page.locator("#q1").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q2")).to_be_visible()
