"""An entry's whole way: made at home over a network and a server that fail, judged blind, reconciled, published."""

import hashlib
import random
import re
from pathlib import Path

import av
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contest import clock
from contest.contests.models import Contest, Round, RoundKind
from contest.entries.models import EntryFile, Prompt
from contest.judging.services.cases import OPENS_AFTER
from contest.work import worker
from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.conftest import StoppedClock
from tests.conventions.world import World
from tests.factories import NOW, add, make_round
from tests.media.making import document

ROUND = "vong-hanh-trinh"
UPLOAD_BYTES_A_SECOND = 1_500_000
ESSAY = "Tôi đọc Dế Mèn phiêu lưu ký vào mùa hè năm lớp bốn, dưới gốc hồi sau nhà."


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Three seconds that no codec makes small: about six megabytes."""
    path = tmp_path / "Nông Quốc Đạt kể chuyện.mp4"
    noise = random.Random(7)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=8, options={"crf": "12", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuv420p"
        for _ in range(24):
            frame = av.VideoFrame(640, 480, "yuv420p")
            for plane in frame.planes:
                plane.update(noise.randbytes(plane.buffer_size))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def assert_sound(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def examine_files(site: Site) -> None:
    """What the background process does with files that have arrived."""
    app = site.application()
    clock.use(StoppedClock(NOW))
    with app.app_context():
        worker.run_waiting(lambda: True, "files")


def slow_down(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": UPLOAD_BYTES_A_SECOND},
    )


def begin(page: Page, round_: str = ROUND) -> None:
    """Choose the prompt, write the first answer."""
    page.goto(f"/rounds/{round_}/entry")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".prompt-card label").first.click()
    page.locator(".prompt-use button").click()
    page.locator("[name=text-1]").fill(ESSAY)


def begin_and_see_it_saved(page: Page) -> None:
    begin(page)
    expect(page.locator("#q1 .editor-state")).to_have_attribute("data-state", "saved")


def hand_in(page: Page) -> None:
    page.locator(".entry-sticky button, .entry-side button").first.click()
    page.locator("[name=is_committed]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(ESSAY)
    assert sideways(page) <= 0


def digest_of_last_file(site: Site) -> str:
    with Session(site.engine()) as session:
        return session.scalars(select(EntryFile.digest).order_by(EntryFile.id.desc()).limit(1)).one()


def open_round(site: Site, world: World, public_id: str = ROUND, position: int = 20) -> int:
    """A round of this journey's own, with the prompt of the prepared world."""
    site.speak("vi")  # whatever another test had everybody speak
    with Session(site.engine(), expire_on_commit=False) as session:
        known = session.scalars(select(Prompt).limit(1)).one()
        contest = session.scalars(select(Contest).where(Contest.slug == world.values["slug"])).one()
        round_ = make_round(
            session, contest, "Hành trình", public_id=public_id, position=position, kind=RoundKind.ENTRY
        )
        said = {"title": known.title, "questions": known.questions, "position": 1}
        add(session, Prompt(round_id=round_.id, group_id=known.group_id, **said))
        session.commit()
        return round_.id


def close_round(site: Site) -> None:
    with Session(site.engine()) as session:
        session.execute(update(Round).where(Round.public_id == ROUND).values(closes_at=NOW - OPENS_AFTER))
        session.commit()


def score(page: Page, round_id: int, marks: dict[str, str]) -> None:
    """Take the next case, see the clip, fill the sheet by keys and numbers, lock it."""
    page.goto("/staff/ta/judging")
    page.locator(f"form[action$='/judging/rounds/{round_id}/next'] button").click()
    expect(page.locator("video")).to_have_js_property("readyState", 4, timeout=20_000)
    assert "Nông Quốc Đạt" not in page.content()
    for code, mark in marks.items():
        page.locator(f"[name=mark-{code}]").fill(mark)
    expect(page.locator(".sheet-saved")).to_have_attribute("data-state", "saved")
    assert_sound(page)
    page.locator("[data-lock]").click()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#score-sheet .badge").first).to_contain_text("Đã khóa")


def reconcile(page: Page, round_id: int) -> None:
    """The spread is over the limit, so the chair records what was agreed."""
    page.goto(f"/staff/ta/judging/rounds/{round_id}")
    assert_sound(page)
    page.locator("a[href*='/judging/cases/']").last.click()
    page.locator("[name=score]").fill("84.5")
    page.locator("[name=note]").fill("Đối thoại ngày 16/7 với hai giám khảo.")
    page.locator("main form[data-guard] button").click()
    expect(page.locator("main")).to_contain_text("84,5")


def publish(secretary: Page, organizer: Page, round_id: int) -> None:
    secretary.goto(f"/staff/ta/rounds/{round_id}/publication")
    secretary.locator("[name=decision_number]").fill("31/QĐ-BTCCT")
    secretary.locator("[name=decision_date]").fill("2026-07-16")
    secretary.locator("[name=checked]").fill("Đã đối chiếu danh tính từng người.")
    secretary.locator("main form button[type=submit]").first.click()
    proposed = secretary.locator("main a[href*='/approvals/']").get_attribute("href")
    assert proposed is not None
    organizer.goto(proposed)
    organizer.locator("button[name=decision][value=approve]").click()
    expect(organizer.locator("button[name=decision]")).to_have_count(0)


def test_video_is_cut_off_by_a_dying_server_handed_in_judged_reconciled_and_published(
    enter: Enter, site: Site, world: World, clip: Path
) -> None:
    round_id = open_round(site, world)
    page = enter(PHONE, world.people["rival"])
    begin_and_see_it_saved(page)
    send_through_a_killed_server(page, site, clip)
    hand_in(page)
    assert violations(page) == []
    close_round(site)
    chief = enter(DESKTOP, world.people["chief_judge"])
    chief.goto(f"/staff/ta/judging/rounds/{round_id}/opening")
    chief.locator("main form button[type=submit]").first.click()
    expect(chief.locator(".stats")).to_be_visible()
    score(enter(DESKTOP, world.people["judge"]), round_id, {"c1": "60", "c2": "32.5"})
    score(enter(DESKTOP, world.people["colleague"]), round_id, {"c1": "50", "c2": "27"})
    reconcile(chief, round_id)
    publish(enter(DESKTOP, world.people["secretary"]), enter(DESKTOP, world.people["organizer"]), round_id)
    page.goto(f"/rounds/{ROUND}/entry")
    page.locator("main a[href*='/place'], main a[href*='my-place']").first.click()
    expect(page.locator("main")).to_contain_text("84,5")
    assert_sound(page)


def send_through_a_killed_server(page: Page, site: Site, clip: Path) -> None:
    """It is killed at some byte of the way; what had arrived by then is not sent again."""
    page.locator("#q2 .answer-tab-video").click()
    slow_down(page)
    block = page.locator("#file-2-video")
    block.locator("input[type=file]").set_input_files(clip)
    at = random.uniform(0.2, 0.7) * clip.stat().st_size
    page.wait_for_function("at => document.querySelector('#file-2-video [data-bar]').value > at", arg=at)
    site.kill()
    expect(block.locator("[data-running]")).to_have_class(re.compile("upload-receiving"))
    assert_sound(page)
    site.start()
    expect(block).to_have_attribute("data-state", "checking", timeout=60_000)
    examine_files(site)
    expect(block).to_have_attribute("data-state", "ready", timeout=30_000)
    expect(block.locator("video")).to_be_visible()
    assert_sound(page)
    assert digest_of_last_file(site) == hashlib.sha256(clip.read_bytes()).hexdigest()


def test_entry_without_scripts_is_typed_sent_and_handed_in(
    enter: Enter, site: Site, world: World, tmp_path: Path
) -> None:
    open_round(site, world, "vong-khong-kich-ban", 21)
    page = enter(PHONE, world.people["rival"], scripts=False)
    begin(page, "vong-khong-kich-ban")
    page.locator("#q2 .answer-tab-document").click()
    page.locator("[data-without-script] button", has_text="Lưu").click()
    page.locator("#q2 .answer-tab-document").click()
    paper = page.locator("#file-2-document")
    paper.locator("input[type=file]").set_input_files(document(tmp_path / "ke-hoach.docx"))
    paper.locator("[data-without-script] button").click()
    expect(page.locator("#file-2-document")).to_have_attribute("data-state", "checking")
    examine_files(site)
    page.reload()
    expect(page.locator("#file-2-document")).to_have_attribute("data-state", "ready")
    expect(page.locator("[name=text-1]")).to_have_value(ESSAY)
    assert sideways(page) <= 0
    hand_in(page)
