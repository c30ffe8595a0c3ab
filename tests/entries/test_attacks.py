"""What somebody tries with entries and files: odd headers, greed, other rules at the wrong moment."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from contest.contests.models import Role, RulesState
from contest.entries.domain.limits import AnswerForm, default_limits
from contest.entries.jobs import Means, check_file, clear_file
from contest.entries.models import Entry, EntryFile, FilePart, FileState
from contest.entries.services import drafts, files, versions
from contest.entries.services.files import DAILY_BYTES
from contest.entries.services.prompts import add_prompt
from contest.errors import DomainError
from contest.storage import new_key
from contest.storage.folder import FolderStorage
from tests.entries.sending import KB, Phone, clip_bytes, file_at, prepared
from tests.entries.world import World, begin, put_file
from tests.factories import NOW, actor_of, make_person, make_rules
from tests.media import making
from tests.web import post

GB = 1024**3


@pytest.fixture
def entry(session: Session, world: World) -> Entry:
    return prepared(session, world)


@pytest.fixture
def means(session: Session, tmp_path: Path) -> Means:
    @contextmanager
    def unit() -> Iterator[tuple[Session, datetime]]:
        yield session, NOW
        session.commit()

    return Means(unit, lambda: None, FolderStorage(tmp_path / "store"), tmp_path)


def waiting(session: Session, entry: Entry, means: Means, whole: bytes, form: AnswerForm, **values: Any) -> EntryFile:
    """A file that has arrived and waits for its examination."""
    arrived = {"size": len(whole), "received": len(whole), "state": FileState.CHECKING, "copies": [], "digest": ""}
    file = put_file(session, entry, form=form, **{**arrived, "mime": "", "key": new_key("entries"), **values})
    key = new_key("entries")
    means.storage.write(key, BytesIO(whole), len(whole))
    session.add(FilePart(file_id=file.id, starts_at=0, size=len(whole), key=key))
    session.commit()
    return file


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"entry": "a\0b"}, 404),
        ({"entry": "../" * 50}, 404),
        ({"question": "9" * 3000}, 409),
        ({"question": "-1"}, 409),
        ({"question": "1e3"}, 400),
        ({"form": "<script>"}, 400),
        ({"form": "text"}, 409),
    ],
)
def test_odd_metadata_is_answered_not_crashed_on(
    pupil: FlaskClient, entry: Entry, values: dict[str, Any], code: int
) -> None:
    said = {"entry": entry.public_id, "question": 1, "form": "video", "filename": "a.mp4", **values}
    pairs = ",".join(f"{name} {b64encode(str(value).encode()).decode()}" for name, value in said.items())
    reply = Phone(pupil).speak("POST", "/uploads", {"Upload-Length": 64 * KB, "Upload-Metadata": pairs})
    assert reply.status_code == code, reply.text
    assert reply.get_json()["message"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Em\\bài.mp4", "bài.mp4"),
        ("\0\r\nX: y", "X: y"),
        ("a" * 10_000 + ".mp4", "a" * 251 + ".mp4"),
        ("\u202egpj.exe", "gpj.exe"),
        ("/", "video"),
    ],
)
def test_a_name_is_only_a_name(session: Session, pupil: FlaskClient, entry: Entry, name: str, shown: str) -> None:
    url = Phone(pupil).begun(entry, 64 * KB, filename=name)
    assert file_at(session, url).name == shown


def test_a_name_is_text_on_every_page(pupil: FlaskClient, session: Session, world: World, entry: Entry) -> None:
    name = "\"'><img src=x onerror=alert(1)>.mp4"
    put_file(session, entry, name=name)
    put_file(session, entry, 2, name=name)
    shown = entry.public_id
    pages = [f"/entries/{shown}", f"/entries/{shown}/hand-in", f"/entries/{shown}/files/1"]
    pages += [f"/entries/{shown}/files/1/removal", f"/entries/{shown}/status"]
    versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
    session.commit()
    for page in [*pages, f"/entries/{shown}/versions/1", f"/rounds/{world.round.public_id}/entry"]:
        reply = pupil.get(page)
        assert reply.status_code == 200, page
        assert "<img src=x" not in reply.text or reply.is_json, page


@pytest.mark.parametrize("form", ["text", "nothing", ""])
def test_a_form_that_takes_no_file_gets_words_for_it(pupil: FlaskClient, entry: Entry, form: str) -> None:
    sent = {"form": form, "file": (BytesIO(b"Em viet bai nay."), "bai.txt")}
    reply = post(pupil, f"/entries/{entry.public_id}/files/1", sent, follow_redirects=True)
    assert reply.status_code == 200
    assert "not_text" not in reply.text


def test_what_is_begun_counts_as_if_it_had_arrived(session: Session, world: World) -> None:
    """Otherwise ten files of 4 GB are begun at once and all of them arrive."""
    entry = prepared(session, world)
    for question in range(2, 2 + DAILY_BYTES // (4 * GB)):
        put_file(session, entry, question, state=FileState.RECEIVING, size=4 * GB, received=0)
    with pytest.raises(DomainError, match="uploads_daily"):
        files.begin_file(session, world.actor, NOW, entry.public_id, 1, AnswerForm.VIDEO, "a.mp4", 1)


def test_a_closed_round_judges_its_files_by_the_rules_of_its_closing(
    session: Session, world: World, means: Means, tmp_path: Path
) -> None:
    """Somebody whose file came a minute before the end isn't measured by what is decided weeks later."""
    entry = begin(session, world)
    whole = making.document(tmp_path / "a.docx").read_bytes()
    file = waiting(session, entry, means, whole, AnswerForm.DOCUMENT)
    world.rules.state = RulesState.SUPERSEDED
    later = world.round.closes_at + timedelta(days=1)
    make_rules(session, world.contest, {"forms": {**default_limits(), "words_max": 1}}, number=2, in_force_at=later)
    session.commit()
    check_file(means, file.id)
    assert (file.state, file.fault) == (FileState.READY, "")


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_what_was_handed_in_is_kept_though_it_is_refused(
    session: Session, world: World, means: Means, *, is_handed_in: bool
) -> None:
    """It is the proof of what arrived in time when its author objects."""
    entry = begin(session, world)
    drafts.choose_prompt(session, world.actor, NOW, entry.public_id, world.short_prompt.id)
    file = waiting(session, entry, means, clip_bytes(40 * KB), AnswerForm.VIDEO)
    if is_handed_in:
        versions.hand_in(session, world.actor, NOW, entry.public_id, is_committed=True)
        session.commit()
    check_file(means, file.id)
    clear_file(means, file.id)
    assert file.state is FileState.REFUSED
    assert means.storage.keys() == ([file.key] if is_handed_in else [])


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_another_site_sends_and_deletes_nothing(
    session: Session, pupil: FlaskClient, entry: Entry, method: str
) -> None:
    """The cookie goes with such a request in an old browser; the token does not."""
    phone = Phone(pupil)
    url = phone.begun(entry, 64 * KB)
    headers = {"X-CSRFToken": None, "Origin": "https://evil.example", "Upload-Length": 5, "Upload-Offset": 0}
    reply = phone.speak(method, "/uploads" if method == "POST" else url, headers, data=b"")
    assert (reply.status_code, file_at(session, url).state) == (400, FileState.RECEIVING)


def test_what_a_prompt_asks_is_composed(session: Session, world: World) -> None:
    organizer = actor_of(make_person(session), world.contest, Role.ORGANIZER)
    world.round.released_at = None
    session.flush()
    place = {"contest_id": world.contest.id, "round_id": world.round.id, "group_id": world.group.id}
    prompt = add_prompt(session, organizer, NOW, **place, title="Đề", questions=["Sa\u0301ch nào?\nVì sao?"])
    assert prompt.questions == ["Sách nào?\nVì sao?"]
