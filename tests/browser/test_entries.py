"""An entry's whole way: made at home over a network and a server that fail, judged blind, reconciled, published."""

import hashlib
import random
import re
from pathlib import Path

import av
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest import clock
from contest.entries.models import EntryFile
from contest.work import worker
from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.conftest import StoppedClock
from tests.conventions.world import World
from tests.factories import NOW

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


def begin(page: Page) -> None:
    """Choose the prompt, write the first answer."""
    page.goto("/rounds/vong-bai-dang-mo/entry")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".prompt-card label").first.click()
    page.locator(".prompt-use button").click()
    page.locator("[name=text-1]").fill(ESSAY)
    expect(page.locator("#q1 .editor-state")).to_have_attribute("data-state", "saved")


def hand_in(page: Page) -> None:
    page.locator(".entry-sticky button, .entry-side button").first.click()
    page.locator("[name=is_committed]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(ESSAY)
    assert_sound(page)


def digest_of_last_file(site: Site) -> str:
    with Session(site.engine()) as session:
        return session.scalars(select(EntryFile.digest).order_by(EntryFile.id.desc()).limit(1)).one()


def test_entry_whose_upload_the_server_did_not_survive_is_handed_in_whole(
    enter: Enter, site: Site, world: World, clip: Path
) -> None:
    page = enter(PHONE, world.people["rival"])
    begin(page)
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
    hand_in(page)
