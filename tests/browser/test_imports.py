"""A setter imports a file in the browser, with and without JavaScript: upload, wait, report, decision, taking back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contest import clock
from contest.work import worker
from tests.browser.accessibility import sideways, violations
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.conftest import StoppedClock
from tests.conventions.world import World
from tests.factories import NOW
from tests.question_bank.builders import options, question
from tests.questions.importing import file_of


def assert_sound(page: Page, *, has_scripts: bool) -> None:
    assert not has_scripts or violations(page) == []  # they are looked for by a script
    assert sideways(page) <= 0


def read_uploads(site: Site) -> None:
    """What the background process does with files that have arrived."""
    app = site.application()
    clock.use(StoppedClock(NOW))
    with app.app_context():
        worker.run_waiting(lambda: True, "imports")


@pytest.mark.parametrize(("size", "has_scripts"), [(PHONE, True), (DESKTOP, False)])
def test_a_file_is_imported_in_two_steps_and_taken_back(
    site: Site, world: World, enter: Enter, tmp_path: Path, size: tuple[int, int], has_scripts: bool
) -> None:
    site.speak("vi")
    entries = (
        ("NHAP-1", question(text="Huyện nào của Lạng Sơn có chợ Kỳ Lừa?")),
        (
            "NHAP-2",
            question(text="Ai viết Bình Ngô đại cáo?", options=options("Nguyễn Trãi", "Lê Lợi", "Cả A và B"), key="a"),
        ),
        ("NHAP-3", question(text="Tỉnh Lạng Sơn được lập năm nào?", source="")),
    )
    file = tmp_path / "Đề tuần 3.XLSX"
    file.write_bytes(file_of(*entries, suffix=".xlsx"))
    page = enter(size, world.people["question_setter"], scripts=has_scripts)
    page.goto(f"/staff/{world.values['slug']}/banks/{world.values['bank_id']}/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    expect(page.locator("main")).to_contain_text("Đang đọc tệp")
    assert_sound(page, has_scripts=has_scripts)
    read_uploads(site)
    if not has_scripts:  # with them the page renews itself
        page.get_by_role("link", name="Cập nhật").click()
    expect(page.locator("main")).to_contain_text("Chưa ghi nguồn")
    expect(page.locator("main")).to_contain_text("nhắc đến các phương án khác")
    assert_sound(page, has_scripts=has_scripts)
    page.get_by_role("button", name="Chỉ nhập 2 câu đạt").click()
    expect(page.locator("main")).to_contain_text("2 câu của tệp này là bản nháp của bạn")
    assert_sound(page, has_scripts=has_scripts)
    page.get_by_role("link", name="Bỏ cả lần nhập này").click()
    expect(page.locator("main")).to_contain_text("Xóa 2 bản nháp được nhập từ tệp này?")
    assert_sound(page, has_scripts=has_scripts)
    page.get_by_role("button", name="Xóa các bản nháp").click()
    expect(page.locator("body")).to_contain_text("Đã bỏ lần nhập. Số câu đã xóa: 2.")
