"""The room: what it shows, saving with a script and without one."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from contest.db import db
from contest.entries.domain.faults import Fault
from contest.entries.domain.limits import AnswerForm
from contest.entries.models import DraftAnswer, Entry, FileState
from contest.entries.services import drafts
from contest.entries.services.checks import Outcome, settle_file
from tests.entries.world import QUESTIONS, TEXT, World, begin, hand_in, join, put_file, rule_for, write
from tests.factories import NOW, make_person, sign_in
from tests.web import form_values, post, post_json


def save(client: FlaskClient, entry: Entry, question: int = 1, **body: Any) -> Any:
    return post_json(client, f"/entries/{entry.public_id}/answers/{question}", body)


def stored(session: Session, entry: Entry, question: int = 1) -> DraftAnswer:
    session.rollback()
    return session.get_one(DraftAnswer, (entry.id, question), populate_existing=True)


def test_before_a_prompt_is_chosen_the_room_shows_all_of_them_and_no_editor(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    entry = begin(session, world)
    reply = pupil.get(f"/entries/{entry.public_id}")
    assert reply.headers["Cache-Control"] == "no-store"
    assert all(question in reply.text for question in QUESTIONS)
    assert "<textarea" not in reply.text


def test_each_question_of_the_prompt_has_every_form_of_the_rules(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    world.rules.sections = {"forms": {**world.rules.sections["forms"], "forms": ["text", "video"]}}
    entry = write(session, world, [TEXT, ""])
    page = pupil.get(f"/entries/{entry.public_id}").text
    assert page.count("<textarea") == 2
    assert page.count('class="answer-panel answer-panel-video"') == 2
    assert "answer-panel-audio" not in page
    assert TEXT in page


@pytest.mark.parametrize("questions", [1, 3])
def test_the_room_asks_the_database_as_often_for_three_questions_as_for_one(
    app: Flask, pupil: FlaskClient, session: Session, world: World, backend: str, questions: int
) -> None:
    world.short_prompt.questions = [f"Câu {number}?" for number in range(questions)]
    session.commit()
    entry = begin(session, world)
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, world.short_prompt.id)
    for question in range(1, questions + 1):
        drafts.save_text(session, world.actor, NOW, entry.public_id, question, TEXT, 0)
        put_file(session, entry, question)
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    pupil.get(f"/entries/{entry.public_id}")
    asks_for_samples = backend == "sqlite"
    # entry; chosen prompt; draft with files; versions; prompts of the group
    assert len([each for each in statements if each.startswith("SELECT")]) == 6 + asks_for_samples


def test_a_script_saves_a_text_and_learns_its_revision_and_words(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    entry = begin(session, world)
    reply = save(pupil, entry, text=TEXT, revision=0)
    assert reply.json == {"revision": 1, "words": 12, "saved_at": NOW.isoformat(), "time": "09:41"}
    assert save(pupil, entry, text=TEXT + " Hay.", revision=1).json["revision"] == 2
    assert stored(session, entry).text == TEXT + " Hay."


def test_a_script_chooses_a_form_without_touching_the_text(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = begin(session, world)
    save(pupil, entry, text=TEXT, revision=0)
    assert save(pupil, entry, form="audio").status_code == 200
    answer = stored(session, entry)
    assert (answer.form, answer.text, answer.revision) == (AnswerForm.AUDIO, TEXT, 1)


def test_a_conflict_answers_with_what_is_stored(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = begin(session, world)
    save(pupil, entry, text="trên máy tính", revision=0)
    reply = save(pupil, entry, text="trên điện thoại", revision=0)
    assert reply.status_code == 409
    assert reply.json["error"] == "draft_conflict"
    assert (reply.json["stored"], reply.json["revision"]) == ("trên máy tính", 1)


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {},
        {"text": 1, "revision": 0},
        {"text": None, "revision": 0},
        {"text": "a", "revision": "0"},
        {"text": "a", "revision": True},
        {"text": "a", "revision": 1.5},
        {"form": "poem"},
        {"form": ["text"]},
    ],
)
def test_what_no_page_sends_is_refused_and_changes_nothing(
    pupil: FlaskClient, session: Session, world: World, body: Any
) -> None:
    entry = begin(session, world)
    reply = post_json(pupil, f"/entries/{entry.public_id}/answers/1", body)
    assert (reply.status_code, reply.json["error"]) == (400, "bad_request")
    assert session.query(DraftAnswer).count() == 0


def test_somebody_elses_room_is_not_there(app: Flask, session: Session, world: World) -> None:
    entry, rival = write(session, world, [TEXT]), app.test_client()
    sign_in(session, rival, make_person(session))
    for reply in (
        rival.get(f"/entries/{entry.public_id}"),
        rival.get(f"/entries/{entry.public_id}/status"),
        save(rival, entry, text="phá", revision=1),
        save(rival, entry, form="audio"),
        post(rival, f"/entries/{entry.public_id}/draft", {"text-1": "phá", "revision-1": "1"}),
    ):
        assert reply.status_code == 404
        assert TEXT not in reply.text
    assert stored(session, entry).text == TEXT


def test_after_the_closing_the_room_leads_to_the_round_and_saves_nothing(
    pupil: FlaskClient, session: Session, world: World, at: Callable[[datetime], None]
) -> None:
    entry = write(session, world, [TEXT])
    at(world.round.closes_at)
    assert pupil.get(f"/entries/{entry.public_id}").location == f"/rounds/{world.round.public_id}/entry"
    reply = save(pupil, entry, text="muộn", revision=1)
    assert (reply.status_code, reply.json["error"]) == (409, "round_not_open")
    assert post(pupil, f"/entries/{entry.public_id}/draft", {"text-1": "muộn", "revision-1": "1"}).status_code == 409
    assert stored(session, entry).text == TEXT


def test_an_entry_is_written_and_handed_in_without_a_script(pupil: FlaskClient, session: Session, world: World) -> None:
    room = post(pupil, f"/rounds/{world.round.public_id}/entries").location
    reply = post(pupil, room + "/draft", {"prompt": world.prompt.id}, content_type="multipart/form-data")
    assert reply.location == room
    assert form_values(pupil.get(room).text)["revision-2"] == "0"
    typed = {"prompt": world.prompt.id, "go": "review"}
    for question in (1, 2):
        typed |= {f"form-{question}": "text", f"text-{question}": f"{TEXT}\r\n{question}", f"revision-{question}": "0"}
    assert post(pupil, room + "/draft", typed, content_type="multipart/form-data").location == room + "/hand-in"
    assert "Cam kết" in pupil.get(room + "/hand-in").text
    receipt = post(pupil, room + "/submission", {"is_committed": "y"}).location
    assert receipt == room + "/versions/1"
    assert f"{TEXT}\n2" in pupil.get(receipt).text


def test_a_form_without_a_script_shows_both_texts_of_a_conflict_and_saves_the_others(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    entry = write(session, world, ["trên máy tính", "hai"])
    typed = {"text-1": "trên điện thoại", "revision-1": "0", "text-2": "hai mới", "revision-2": "1"}
    reply = post(pupil, f"/entries/{entry.public_id}/draft", typed)
    assert reply.status_code == 409
    assert "trên máy tính" in reply.text
    assert "trên điện thoại</textarea>" in reply.text
    assert form_values(reply.text)["revision-1"] == "1"
    assert stored(session, entry, 1).text == "trên máy tính"
    assert stored(session, entry, 2).text == "hai mới"


def test_a_text_that_is_too_long_comes_back_with_a_sentence(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = write(session, world, ["một"])
    reply = post(
        pupil,
        f"/entries/{entry.public_id}/draft",
        {"text-1": "ữ" * 200_001, "revision-1": "1"},
    )
    assert reply.status_code == 409
    assert "dài hơn 200.000 ký tự" in reply.text
    assert "ữ" * 200_001 in reply.text
    assert save(pupil, entry, text="ữ" * 200_001, revision=1).json["error"] == "text_too_long"


def test_a_long_draft_fits_into_one_form(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = write(session, world, ["một", "hai"])
    typed = {f"text-{number}": "ữ " * 100_000 for number in (1, 2)} | {"revision-1": "1", "revision-2": "1"}
    reply = post(pupil, f"/entries/{entry.public_id}/draft", typed)
    assert reply.status_code == 303
    assert len(stored(session, entry, 2).text) == 200_000


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 5000])
def test_a_prompt_or_revision_that_no_page_sends_is_refused(
    pupil: FlaskClient, session: Session, world: World, number: str
) -> None:
    entry = write(session, world, ["một"])
    assert post(pupil, f"/entries/{entry.public_id}/draft", {"prompt": number}).status_code == 409
    typed = {"text-1": "hai", "revision-1": number}
    assert post(pupil, f"/entries/{entry.public_id}/draft", typed).status_code == 409
    assert stored(session, entry).text == "một"


def test_markup_in_a_text_is_shown_as_it_was_typed(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = write(session, world, ["</textarea><script>alert(1)</script>"])
    assert "<script>alert" not in pupil.get(f"/entries/{entry.public_id}").text


def test_the_status_tells_files_and_what_is_missing(pupil: FlaskClient, session: Session, world: World) -> None:
    entry = write(session, world, [TEXT, "x"])
    put_file(session, entry, 2, state=FileState.RECEIVING, received=400, size=1000)
    found = pupil.get(f"/entries/{entry.public_id}/status").json
    assert (found["is_open"], found["is_complete"]) == (True, False)
    assert found["revisions"] == {"1": 1, "2": 1}
    assert (found["files"]["2"]["state"], found["files"]["2"]["received"]) == ("receiving", 400)
    assert "Câu 2: tệp chưa tải xong" in found["todo"]
    assert "Câu 1: đã trả lời" in found["todo"]


def test_a_file_refused_after_the_hand_in_is_told_in_the_room(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    entry = write(session, world, ["x"])
    file = put_file(session, entry, 1, state=FileState.CHECKING)
    version_url = post(pupil, f"/entries/{entry.public_id}/submission", {"is_committed": "y"}).location
    assert "không đạt yêu cầu" not in pupil.get(f"/entries/{entry.public_id}").text
    assert "Đang kiểm tra" in pupil.get(version_url).text
    session.rollback()
    file.state, file.fault = FileState.REFUSED, "file_unreadable"
    session.commit()
    assert "Một tệp trong bản 1 không đạt yêu cầu" in pupil.get(f"/entries/{entry.public_id}").text
    assert "không đạt yêu cầu" in pupil.get(version_url).text


def test_the_version_before_a_refused_one_is_said_to_count(pupil: FlaskClient, session: Session, world: World) -> None:
    hand_in(session, world, [TEXT])
    entry = begin(session, world)
    file = put_file(session, entry, 1, state=FileState.CHECKING)
    version_url = post(pupil, f"/entries/{entry.public_id}/submission", {"is_committed": "y"}).location
    session.rollback()
    settle_file(session, NOW, file.id, Outcome(fault=Fault("file_unreadable")))
    session.commit()
    for page in (f"/entries/{entry.public_id}", f"/rounds/{world.round.public_id}/entry", version_url):
        assert "bản 1, nộp trước đó, được tính" in pupil.get(page).text


def test_the_entry_of_another_person_in_the_same_group_shows_nothing_of_it(
    app: Flask, session: Session, world: World
) -> None:
    hand_in(session, world, ["bí mật của Phương"])
    rival, client = join(session, world), app.test_client()
    entry = begin(session, world, rival)
    sign_in(session, client, session.get_one(type(world.person), rival.person_id))
    assert "bí mật" not in client.get(f"/entries/{entry.public_id}").text


def test_the_room_offers_what_the_own_group_may_do(pupil: FlaskClient, session: Session, world: World) -> None:
    rule_for(session, world, world.group, forms=["video", "audio"], clip_min_seconds=60)
    entry = write(session, world, [TEXT])
    page = pupil.get(f"/entries/{entry.public_id}").text
    assert 'class="answer-panel answer-panel-video"' in page
    assert "từ 1 phút đến 10 phút" in page
    assert "<textarea" not in page
    assert "5.000" not in page
    assert "không còn cho phép hình thức" in page  # what was written before the rules changed


def test_a_group_with_a_single_form_reaches_it_after_writing_in_another(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    entry = write(session, world, [TEXT])
    rule_for(session, world, world.group, forms=["audio"])
    assert 'for="q1-audio"' in pupil.get(f"/entries/{entry.public_id}").text
    post(pupil, f"/entries/{entry.public_id}/draft", {"form-1": "audio"})
    page = pupil.get(f"/entries/{entry.public_id}").text
    assert "không còn cho phép hình thức" not in page
    assert 'value="audio" id="q1-audio" form="draft" checked' in page


def test_going_on_without_a_prompt_is_told_and_not_called_saved(
    pupil: FlaskClient, session: Session, world: World
) -> None:
    room = f"/entries/{begin(session, world).public_id}"
    reply = post(pupil, f"{room}/draft", follow_redirects=True)
    assert "Hãy chọn một trong các đề bài" in reply.text
    assert re.search(r"Đã lưu lúc \d", reply.text) is None
    chosen = post(pupil, f"{room}/draft", {"prompt": world.prompt.id}, follow_redirects=True)
    assert re.search(r"Đã lưu lúc \d", chosen.text)
