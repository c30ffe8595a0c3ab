"""Taking the quiz as people do: on a phone, on a network that fails, with the keyboard, without a script."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest.accounts.models import Person, PersonSession
from contest.contests.models import Contest, Round
from contest.quiz.domain.answers import Given, answers_of
from contest.quiz.models import Attempt, JournalRow
from contest.quiz.queries import saves_of
from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter, sign_in
from tests.browser.site import Site
from tests.conventions.world import World
from tests.factories import PASSWORD, make_participation, make_person

SAVED, OFFLINE = '.save-state[data-state="saved"]', '.save-state[data-state="offline"]'


@dataclass
class Room:
    """The open round, somebody who may take it, and the tables behind it."""

    session: Session
    round: Round
    person: Person

    def attempt(self) -> Attempt:
        self.session.rollback()
        mine = select(Attempt).where(Attempt.person_id == self.person.id).order_by(Attempt.id.desc())
        attempt = self.session.scalars(mine).first()
        assert attempt is not None
        return attempt

    def answers(self) -> dict[str, Given]:
        attempt = self.attempt()
        return answers_of(saves_of(self.session, attempt.id), attempt.started_at, attempt.deadline_at)


@pytest.fixture
def room(site: Site, world: World) -> Iterator[Room]:
    with Session(site.engine(), expire_on_commit=False) as session:
        round_ = session.scalars(select(Round).where(Round.public_id == world.values["round_id"])).one()
        contest, person = session.get_one(Contest, round_.contest_id), make_person(session, "Lương Thị Ngọc Ánh")
        make_participation(session, contest, person, group_id=world.values["group_id"])
        session.commit()
        yield Room(session, round_, person)


def begin(enter: Enter, room: Room, size: tuple[int, int] = PHONE, *, scripts: bool = True) -> Page:
    page = enter(size, room.person, scripts=scripts)
    page.goto(f"/rounds/{room.round.public_id}")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    return page


def choose(page: Page, slot: int, letter: str) -> None:
    page.evaluate("slot => { location.hash = `q${slot}` }", slot)
    page.locator(f"#q{slot} label.option").nth("abcd".index(letter)).click()


def single(page: Page) -> int:
    """The number of a question with four options of which one is right."""
    return int(str(page.locator('.question[data-kind="single"]').first.get_attribute("data-slot")))


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/review")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result")


def test_answers_given_offline_arrive_in_the_order_given(enter: Enter, room: Room) -> None:
    page = begin(enter, room)
    choose(page, 1, "a")
    expect(page.locator(SAVED)).to_be_visible()
    page.context.set_offline(True)
    for slot in (5, 2, 4, 3, 1):
        choose(page, slot, "b")
    expect(page.locator(OFFLINE)).to_contain_text("5 câu đang chờ gửi")
    assert violations(page) == []
    assert sideways(page) <= 0
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_be_visible(timeout=30_000)
    answers = room.answers()
    assert sorted(answers) == ["1", "2", "3", "4", "5"]
    in_order = sorted(answers, key=lambda slot: answers[slot].given_at)
    assert in_order == ["5", "2", "4", "3", "1"]
    hand_in(page)
    expect(page.locator("main")).to_contain_text("/5 câu đúng")
    assert violations(page) == []


def test_a_reply_lost_after_the_commit_is_asked_for_again_and_nothing_is_doubled(enter: Enter, room: Room) -> None:
    page = begin(enter, room)
    dropped: list[str] = []

    def drop_first_reply(route: Route) -> None:
        if dropped:
            route.continue_()
            return
        dropped.append(route.fetch().text())
        route.abort()

    page.route("**/answers", drop_first_reply)
    slot = single(page)
    choose(page, slot, "c")
    expect(page.locator(SAVED)).to_be_visible(timeout=30_000)
    assert f'"saved":["{slot}"]' in dropped[0].replace(" ", "").replace("\n", "")
    attempt = room.attempt()
    assert len(room.session.scalars(select(JournalRow).where(JournalRow.attempt_id == attempt.id)).all()) == 1


def test_reload_and_second_device_go_on_with_the_same_answers(enter: Enter, room: Room) -> None:
    page = begin(enter, room)
    slot = single(page)
    choose(page, slot, "d")
    expect(page.locator(SAVED)).to_be_visible()
    page.reload()
    expect(page.locator(f"#q{slot} input:checked")).to_have_value("d")
    second = enter(DESKTOP, room.person)
    second.goto(f"/rounds/{room.round.public_id}")
    second.get_by_role("link", name="Làm tiếp bài đang dở").click()
    expect(second.locator(f"#q{slot} input:checked")).to_have_value("d")


def test_answers_that_never_left_the_device_are_sent_after_the_page_is_opened_again(enter: Enter, room: Room) -> None:
    page = begin(enter, room)
    page.route("**/answers", lambda route: route.abort())
    slot = single(page)
    choose(page, slot, "b")
    expect(page.locator(OFFLINE)).to_be_visible()
    page.unroute("**/answers")
    page.reload()
    expect(page.locator(SAVED)).to_be_visible(timeout=30_000)
    assert room.answers()[str(slot)].response == "b"


def test_after_the_session_ended_the_same_person_goes_on_beside_the_page(enter: Enter, room: Room) -> None:
    page = begin(enter, room)
    room.session.execute(delete(PersonSession).where(PersonSession.person_id == room.person.id))
    room.session.commit()
    slot = single(page)
    choose(page, slot, "b")
    expect(page.get_by_text("Phiên đăng nhập đã hết.")).to_be_visible()
    beside = page.context.new_page()
    beside.goto("/sign-in")
    sign_in(beside, f"nguoi{room.person.id}@example.vn", PASSWORD)
    page.bring_to_front()
    expect(page.locator(SAVED)).to_be_visible(timeout=30_000)
    assert room.answers()[str(slot)].response == "b"


def test_the_next_person_at_the_same_computer_neither_reads_nor_sends_what_waits(
    enter: Enter, room: Room, world: World
) -> None:
    page = begin(enter, room)
    page.route("**/answers", lambda route: route.abort())
    choose(page, 1, "b")
    expect(page.locator(OFFLINE)).to_be_visible()
    room.session.execute(delete(PersonSession).where(PersonSession.person_id == room.person.id))
    room.session.commit()
    beside = page.context.new_page()
    beside.goto("/sign-in")
    sign_in(beside, f"nguoi{world.people['person'].id}@example.vn", PASSWORD)
    page.unroute("**/answers")
    page.bring_to_front()
    expect(page.get_by_text("Máy này đang đăng nhập tài khoản khác")).to_be_visible(timeout=30_000)
    assert room.answers() == {}


def test_when_time_runs_out_the_page_stops_and_says_so(enter: Enter, room: Room) -> None:
    page = enter(PHONE, room.person)
    page.clock.install()
    page.goto(f"/rounds/{room.round.public_id}")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    page.clock.fast_forward("14:30")
    expect(page.locator('.timer[data-level="last"]')).to_be_visible()
    page.clock.fast_forward("00:31")
    expect(page.get_by_text("Đã hết giờ.").first).to_be_visible()
    expect(page.locator("#q1 input").first).to_be_disabled()


def test_with_the_keyboard_alone(enter: Enter, room: Room) -> None:
    page = begin(enter, room, DESKTOP)
    for number, key in enumerate("ababa", start=1):
        expect(page.locator(f"#q{number}")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(f"#q{number} input:checked")).to_have_count(1)
        page.keyboard.press("ArrowRight")
    expect(page.locator(SAVED)).to_be_visible()
    for name in ("Nộp bài", "Nộp bài"):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url.endswith(("/review", "/result")))
    page.wait_for_url("**/result")
    assert violations(page) == []


def test_letters_can_be_turned_off_for_those_who_speak_to_their_device(enter: Enter, room: Room) -> None:
    page = begin(enter, room, DESKTOP)
    page.get_by_label("Dùng các phím này").uncheck()
    page.reload()
    expect(page.get_by_label("Dùng các phím này")).not_to_be_checked()
    page.locator("#q1").focus()
    page.keyboard.press("a")
    page.keyboard.press("m")
    expect(page.locator("#q1 input:checked")).to_have_count(0)
    expect(page.locator("#q1 [aria-pressed=true]")).to_have_count(0)
    page.get_by_label("Dùng các phím này").check()
    page.locator("#q1").focus()
    page.keyboard.press("a")
    expect(page.locator("#q1 input:checked")).to_have_count(1)


def test_without_a_script(enter: Enter, room: Room) -> None:
    page = begin(enter, room, scripts=False)
    assert sideways(page) <= 0
    page.locator("#q1 input[type=radio], #q1 input[type=checkbox]").first.check(force=True)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu lúc")).to_be_visible()
    expect(page.locator("#q1 input:checked")).to_have_count(1)
    page.get_by_role("button", name="Nộp bài").last.click()
    page.wait_for_url("**/review")
    expect(page.locator("main")).to_contain_text("Đã trả lời 1/5 câu")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/result")
    expect(page.locator("main")).to_contain_text("Mã biên nhận")
