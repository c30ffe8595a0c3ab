"""A file goes into a bank in two steps: it is read and reported on, then its uploader decides."""

import io
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest.db import unit_of_work
from contest.errors import DomainError
from contest.questions import services
from contest.questions.jobs.reading import IMPORTS, forget_uploads
from contest.questions.models import BankQuestion, QuestionImport, QuestionMedium, QuestionRevision
from contest.questions.queries import get_bank
from contest.questions.services.importing import LIFE, forget_imports
from contest.questions.services.similar import check_questions
from contest.questions.services.writing import sound
from contest.work.models import WorkItem, WorkState
from question_bank.formats import FORMATS, Import, Parsed
from question_bank.formats.base import Format
from tests.factories import NOW
from tests.question_bank.builders import options, question
from tests.questions.desk import ROLES, Desk, acts, address, send, write
from tests.questions.importing import decide, file_of, read, upload, uploaded
from tests.quiz.world import run_all
from tests.web import post

ONE, TWO = question(text="Huyện nào có chợ Kỳ Lừa?"), question(text="Ai viết Bình Ngô đại cáo?")
BAD = question(text="Năm nào lập tỉnh?", source="")
ORDERED = options("Huế", "Đà Nẵng", "Cả A và B")


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def codes(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(BankQuestion.code).order_by(BankQuestion.id)))


def test_nothing_is_in_the_bank_before_it_was_decided(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    reply = upload(client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    waiting = client.get(reply.location).text
    assert "Đang đọc tệp" in waiting
    assert "data-renew" in waiting
    read(app)
    shown = client.get(reply.location).text
    assert "Nhập tất cả 2 câu" in shown
    assert "data-renew" not in shown
    assert count(session, BankQuestion) == 0
    assert decide(client, reply.location, "all").status_code == 303
    assert codes(session) == ["C1", "C2"]
    assert acts(session) == ["questions.imported"]
    assert app.extensions["storage"].keys() == []


def test_the_same_file_again_is_all_there(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client, file = at_desk("setter"), file_of(("C1", ONE), ("C2", TWO))
    decide(client, uploaded(app, client, desk, file, "de.json"), "all")
    again = uploaded(app, client, desk, file, "de.json")
    shown = client.get(again).text
    assert "Tất cả 2 câu trong tệp đã có trong ngân hàng" in shown
    assert "Không nhập" in shown
    assert "Không có câu nào để nhập" in shown
    assert "trở thành bản nháp" not in shown
    assert 'value="all"' not in shown
    decide(client, again, "none")
    assert codes(session) == ["C1", "C2"]


def test_only_the_good_ones(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", BAD), suffix=".xlsx"), "de.xlsx")
    shown = client.get(page).text
    assert "Chưa ghi nguồn" in shown
    assert "C2" in shown
    assert "Năm nào lập tỉnh?" in shown
    assert "Chỉ nhập 1 câu đạt" in shown
    refused = decide(client, page, "all")
    assert refused.status_code == 422
    assert "không nhập được toàn bộ" in refused.text
    assert codes(session) == []
    assert decide(client, page, "good").status_code == 303
    assert codes(session) == ["C1"]


@pytest.mark.parametrize(("clashes", "after"), [("leave", ["C1", "C2"]), ("rename", ["C1", "C1-2", "C2"])])
def test_a_taken_code_is_a_choice(
    session: Session, app: Flask, desk: Desk, at_desk: Any, clashes: str, after: list[str]
) -> None:
    write(session, desk, code="C1")
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    shown = client.get(page).text
    assert "1 câu có mã trùng với câu khác trong ngân hàng" in shown
    assert "Nhập tất cả" not in shown  # how many it will be is still to be chosen
    assert "Nhập theo lựa chọn trên" in shown
    decide(client, page, "all", clashes=clashes)
    assert sorted(codes(session)) == after


def test_a_code_taken_meanwhile_is_no_dead_end(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    write(session, desk, "setter 2", code="C1")
    session.commit()
    assert decide(client, page, "all").status_code == 303
    assert codes(session) == ["C1", "C2"]


def test_two_people_importing_at_once_never_share_a_code(session: Session, app: Flask, desk: Desk) -> None:
    """Both wait for the bank; the second one sees what the first one took."""
    session.commit()
    taken: list[int] = []

    def run(name: str, text: str) -> None:
        with app.app_context():
            items = [sound(f"C{number}", question(text=f"{text} {number}?")) for number in range(20)]
            with unit_of_work() as unit:
                bank = get_bank(unit, desk.contest.id, desk.bank.id)
                taken.append(len(services.import_questions(unit, desk.actor(name), NOW, bank, items).ids))

    threads = [threading.Thread(target=run, args=(name, f"Câu của {name}")) for name in ("setter", "setter 2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [0, 20]
    assert count(session, BankQuestion) == 20


def test_what_stands_out_is_told_before_anything_is_stored(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    long_text = "Ngày Chuyển đổi số quốc gia được tổ chức vào ngày nào hằng năm?"
    mine = write(session, desk, code="M1", text=long_text)
    write(session, desk, "setter 2", code="H1", text="Cổng dịch vụ công quốc gia có địa chỉ truy cập nào sau đây?")
    for _ in range(2):
        look_over(session)
    client = at_desk("setter")
    file = file_of(
        ("C1", question(text=f"Theo quy định, {long_text}")),
        ("C2", question(text="Hỏi: Cổng dịch vụ công quốc gia có địa chỉ truy cập nào sau đây?")),
        ("C3", question(options=ORDERED, key="c")),
        ("C4", question(text="Thủ đô của nước Việt Nam là thành phố nào", options=ORDERED[:2], key="a")),
    )
    shown = client.get(uploaded(app, client, desk, file, "de.json")).text
    assert "M1" in shown
    assert address(desk, f"questions/{mine.id}") in shown
    assert "Ngân hàng đã có một câu rất giống" in shown
    assert "H1" not in shown
    assert "Phương án C (“Cả A và B”) nhắc đến các phương án khác" in shown
    assert count(session, BankQuestion) == 2


def look_over(session: Session) -> None:
    check_questions(session, NOW)
    session.commit()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"PK\x03\x04 not a workbook", "de.xlsx", "không phải là bảng tính Excel"),
        (b"{}", "de.json", "không phải là ngân hàng câu hỏi"),
        (b"MZ", "de.exe", "Không đọc được loại tệp"),
    ],
)
def test_unusable_files_are_refused_with_a_sentence(
    app: Flask, desk: Desk, at_desk: Any, content: bytes, name: str, sentence: str
) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, content, name)
    assert sentence in client.get(page).text
    assert decide(client, page, "all").status_code == 422


@pytest.mark.parametrize(
    ("size", "status", "sentence"),
    [(0, 303, ""), (20_000_000, 303, ""), (20_000_001, 413, "lớn hơn 20 MB"), (22 * 1024 * 1024, 413, "lớn hơn 20 MB")],
)
def test_files_up_to_twenty_megabytes_are_taken(
    app: Flask, desk: Desk, at_desk: Any, size: int, status: int, sentence: str
) -> None:
    reply = upload(at_desk("setter"), desk, b" " * size, "de.json")
    assert reply.status_code == status
    assert sentence in reply.text
    assert len(app.extensions["storage"].keys()) == (status == 303)


def test_a_file_has_to_be_chosen(desk: Desk, at_desk: Any) -> None:
    reply = upload(at_desk("setter"), desk, b"", "")
    assert (reply.status_code, "Hãy chọn một tệp" in reply.text) == (422, True)


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_what_is_exported_can_be_imported_elsewhere_unchanged(
    session: Session, app: Flask, desk: Desk, at_desk: Any, suffix: str
) -> None:
    for code, kind in (("A", "single"), ("B", "multiple"), ("C", "true_false")):
        changes = {"explanation": "Dòng một\nDòng hai", "tags": ("t",), "lock_order": kind == "single"}
        write(session, desk, code=code, kind=kind, **changes)
    other = services.create_bank(session, desk.organizer, NOW, contest_id=desk.contest.id, name="Bản sao")
    exported = at_desk("organizer").get(address(desk, f"banks/{desk.bank.id}/questions{suffix}"))
    assert exported.headers["Cache-Control"] == "private, no-store"
    client = at_desk("setter")
    decide(client, uploaded(app, client, desk, exported.data, f"cau-hoi{suffix}", other), "all")
    session.rollback()
    rows = session.execute(
        select(BankQuestion.bank_id, BankQuestion.code, QuestionRevision.digest).join(
            QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id
        )
    ).all()
    digests = {bank_id: sorted((code, digest) for b, code, digest in rows if b == bank_id) for bank_id, _, _ in rows}
    assert digests[other.id] == digests[desk.bank.id]


def test_somebody_elses_upload_is_not_there(app: Flask, desk: Desk, at_desk: Any) -> None:
    page = uploaded(app, at_desk("setter"), desk, file_of(("C1", ONE)), "de.json")
    client = at_desk("setter 2")
    assert client.get(page).status_code == 404
    assert decide(client, page, "all").status_code == 404
    assert "de.json" not in client.get(address(desk, f"banks/{desk.bank.id}/import")).text


def test_an_upload_lives_a_day(session: Session, app: Flask, desk: Desk, at_desk: Any, at: Any) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE)), "de.json")
    at(NOW + LIFE - timedelta(seconds=1))
    assert client.get(page).status_code == 200
    assert forget_imports(session, NOW + LIFE - timedelta(seconds=1)) == 0
    session.commit()
    at(NOW + LIFE)
    assert client.get(page).status_code == 404
    assert forget_imports(session, NOW + LIFE) == 1
    session.commit()
    storage = app.extensions["storage"]
    [key] = storage.keys()
    assert key.startswith(IMPORTS)
    assert forget_uploads(session, storage, NOW + timedelta(days=365 * 50)) == 1


def test_an_import_can_be_taken_back_while_nobody_touched_it(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    kept = write(session, desk, code="M1")
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    decide(client, page, "all")
    look_over(session)
    assert "Bỏ cả lần nhập này" in client.get(page).text
    asked = client.get(f"{page}/undo").text
    assert "Xóa 2 bản nháp" in asked
    assert "các chủ đề mới vẫn ở trong ngân hàng" in asked
    assert post(client, f"{page}/undo", {}).status_code == 303
    assert codes(session) == [kept.code]
    assert acts(session)[-2:] == ["questions.imported", "questions.import_undone"]
    told = client.get(page)
    assert (told.status_code, "Lần nhập này đã được bỏ" in told.text) == (410, True)
    assert client.get(f"{page}/undo").location == page
    for act in ("all", "none"):
        assert decide(client, page, act).status_code == 410
    assert post(client, f"{page}/undo", {}).status_code == 303
    assert "đã bỏ lần nhập" in client.get(address(desk, f"banks/{desk.bank.id}/import")).text
    assert codes(session) == [kept.code]


def test_what_many_questions_lack_alike_is_told_once_with_all_of_them(app: Flask, desk: Desk, at_desk: Any) -> None:
    entries = [(f"C{number}", question(text=f"Câu hỏi thứ {number} là gì?", explanation="")) for number in range(210)]
    explained = replace(entries[0][1], text="Câu có lời giải thích?", explanation="Vì thế.")
    page = uploaded(app, at_desk("setter"), desk, file_of(*entries, ("GT", explained)), "de.json")
    shown = at_desk("setter").get(page).text.partition("Điểm cần xem lại")[2]
    assert shown.count("Chưa có giải thích") == 1
    [codes_shown] = re.findall(r"<details>.*?<p[^>]*>(.*?)</p>", shown)
    assert codes_shown.split(", ") == [code for code, _question in entries]


def test_an_import_of_which_one_was_sent_to_review_stays(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    decide(client, page, "all")
    session.rollback()
    send(session, desk, session.scalars(select(BankQuestion).where(BankQuestion.code == "C2")).one())
    session.commit()
    assert "Bỏ cả lần nhập này" not in client.get(page).text
    told = client.get(post(client, f"{page}/undo", {}).location).text
    assert "không bỏ được nữa" in told
    assert codes(session) == ["C1", "C2"]


def test_taken_back_while_one_is_sent_to_review_it_is_gone_or_stays_whole(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    decide(client, page, "all")
    [row] = session.scalars(select(QuestionImport)).all()
    import_id, question_ids = row.id, row.taken or []
    session.commit()
    refused: list[str] = []
    barrier = threading.Barrier(2)

    def run(act: Callable[[Session], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with unit_of_work() as unit:
                    act(unit)
            except DomainError as error:
                refused.append(error.code)

    def send_last(unit: Session) -> None:
        asked = {"contest_id": desk.contest.id, "question_ids": question_ids[-1:]}
        services.send_to_review(unit, desk.setter, NOW, **asked)

    def undo(unit: Session) -> None:
        bank = get_bank(unit, desk.contest.id, desk.bank.id)
        services.undo_import(unit, desk.setter, NOW, bank=bank, import_id=import_id)

    run_all([threading.Thread(target=run, args=(act,)) for act in (send_last, undo)])
    session.rollback()
    assert (refused, codes(session)) in [(["import_touched"], ["C1", "C2"]), (["not_found"], [])]


def test_deciding_twice_imports_once(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    page = uploaded(app, client, desk, file_of(("C1", ONE)), "de.json")
    assert [decide(client, page, "all").status_code for _ in range(2)] == [303, 422]
    assert decide(client, page, "none").status_code == 422
    assert codes(session) == ["C1"]


def test_deciding_in_two_windows_at_once_imports_once(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    windows = at_desk("setter"), at_desk("setter")
    page = uploaded(app, windows[0], desk, file_of(("C1", ONE), ("C2", TWO)), "de.json")
    replies: list[int] = []
    barrier = threading.Barrier(2)

    def run(client: FlaskClient) -> None:
        barrier.wait()
        replies.append(decide(client, page, "all").status_code)

    run_all([threading.Thread(target=run, args=(client,)) for client in windows])
    assert sorted(replies) == [303, 422]
    assert codes(session) == ["C1", "C2"]
    assert acts(session).count("questions.imported") == 1


@pytest.mark.parametrize("name", [name for name in ROLES if "setter" not in name and name != "both"])
def test_only_setters_import(desk: Desk, at_desk: Any, name: str) -> None:
    assert upload(at_desk(name), desk, file_of(("C1", ONE)), "de.json").status_code in {403, 404}


def test_work_that_failed_says_what_to_do(session: Session, app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    page = upload(client, desk, file_of(("C1", ONE)), "de.json").location
    session.scalars(select(WorkItem)).one().state = WorkState.FAILED
    session.commit()
    shown = client.get(page).text
    assert "Chưa đọc được tệp" in shown
    assert "data-renew" not in shown


# Media inside a file


def picture(colour: str = "red") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(drawn, "PNG")
    return drawn.getvalue()


def with_media(monkeypatch: pytest.MonkeyPatch, *media: bytes) -> None:
    """Files of JSON bring these media along, as those of Word do."""
    texts = [f"Hình nào? ![Hình](media:{sha256(each).hexdigest()})" for each in media]
    parsed = tuple(Parsed(f"C{row}", row, question(text=text)) for row, text in enumerate(texts, start=1))
    found = Import((*parsed, Parsed("D", 9, ONE)), (), media={sha256(each).hexdigest(): each for each in media})
    monkeypatch.setitem(FORMATS, ".json", Format(lambda _source: found, FORMATS[".json"].write_questions))


def test_pictures_in_a_file_come_along_encoded_anew(
    session: Session, app: Flask, desk: Desk, at_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_media(monkeypatch, picture())
    client = at_desk("setter")
    page = uploaded(app, client, desk, b'{"a": 1}', "de.json")
    assert count(session, QuestionMedium) == 0
    decide(client, page, "all")
    session.rollback()
    medium = session.scalars(select(QuestionMedium)).one()
    assert medium.digest != sha256(picture()).hexdigest()
    content = session.scalars(select(QuestionRevision.content)).first()
    assert content is not None
    assert f"media:{medium.digest}" in content["text"]
    assert app.extensions["storage"].keys() == [medium.key]
    assert acts(session) == ["questions.imported"]
    again = client.get(uploaded(app, client, desk, b'{"a": 1}', "de.json")).text
    assert "Tất cả 2 câu trong tệp đã có trong ngân hàng" in again


def test_a_broken_picture_is_a_fault_of_its_question(
    session: Session, app: Flask, desk: Desk, at_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_media(monkeypatch, picture(), b"GIF89a but not really")
    client = at_desk("setter")
    page = uploaded(app, client, desk, b'{"a": 1}', "de.json")
    shown = client.get(page).text
    assert "Một hình ảnh hoặc âm thanh của câu này không dùng được" in shown
    assert "Chỉ nhập 2 câu đạt" in shown
    decide(client, page, "good")
    assert codes(session) == ["C1", "D"]


def test_a_picture_that_nobody_has_is_a_fault(app: Flask, desk: Desk, at_desk: Any) -> None:
    client = at_desk("setter")
    file = file_of(("C1", question(text=f"Hình nào? ![Hình](media:{'ab' * 32})")), ("C2", TWO))
    shown = client.get(uploaded(app, client, desk, file, "de.json")).text
    assert "Ngân hàng không có tệp của “media:abababababab…”" in shown
    assert "Chỉ nhập 1 câu đạt" in shown


# Export


def test_every_format_is_offered_with_what_it_would_lose(session: Session, desk: Desk, at_desk: Any) -> None:
    write(session, desk, code="C1")
    write(session, desk, code="C2", kind="prediction", options=(), key=None)
    shown = at_desk("organizer").get(address(desk, f"banks/{desk.bank.id}/export")).text
    for extension in FORMATS:
        assert address(desk, f"banks/{desk.bank.id}/questions{extension}") in shown
    assert "Không có trong tệp vì loại tệp này không có loại câu hỏi như vậy (1 câu)." in shown
    assert "Giữ được đầy đủ" in shown


def test_an_empty_bank_has_nothing_to_export(desk: Desk, at_desk: Any) -> None:
    shown = at_desk("organizer").get(address(desk, f"banks/{desk.bank.id}/export")).text
    assert "Chưa có gì để xuất" in shown


def test_uploads_of_one_person_are_bounded(
    session: Session, desk: Desk, at_desk: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.questions.services.importing.MOST_UPLOADS", 2)
    client = at_desk("setter")
    replies = [upload(client, desk, file_of(("C1", ONE)), "de.json").status_code for _ in range(3)]
    assert replies == [303, 303, 422]
    assert count(session, QuestionImport) == 2
    assert len(app.extensions["storage"].keys()) == 2


def test_a_source_that_a_file_did_not_name_is_told_once_there_and_then_on_each_question(
    session: Session, app: Flask, desk: Desk, at_desk: Any
) -> None:
    client = at_desk("setter")
    gift = "".join(f"::C{number}:: Câu thứ {number} hỏi gì? {{=Đúng ~Sai}}\n\n" for number in range(3))
    page = uploaded(app, client, desk, gift.encode(), "de.gift")
    told = client.get(page).text
    assert (told.count("Tệp không ghi nguồn (3 câu)"), told.count("Chưa có nguồn")) == (1, 0)
    decide(client, page, "all")
    session.rollback()
    row = session.scalars(select(BankQuestion).where(BankQuestion.code == "C2")).one()
    assert "Chưa có nguồn" in client.get(address(desk, f"questions/{row.id}")).text
