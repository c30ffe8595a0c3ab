import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest.entries.domain.limits import AnswerForm
from contest.entries.jobs import Means, check_file, clear_file, forget_orphans
from contest.entries.models import Entry, EntryFile, FilePart, FileState
from contest.entries.services import checks, files
from contest.storage import Storage, new_key
from contest.storage.folder import FolderStorage
from tests.entries.sending import prepared
from tests.entries.world import World, make_world
from tests.factories import NOW
from tests.media import making

LIMITS = {"clip_min_seconds": 1, "clip_max_seconds": 2, "width_min": 64, "height_min": 48}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session, limits=LIMITS)


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


Arrive = Callable[..., EntryFile]


@pytest.fixture
def arrive(session: Session, world: World, entry: Entry, means: Means) -> Arrive:
    """A file that has come in three parts and waits for its examination."""

    def arrive(path: Path, form: AnswerForm = AnswerForm.VIDEO, whole: bytes | None = None) -> EntryFile:
        whole = path.read_bytes() if whole is None else whole
        file = files.begin_file(session, world.actor, NOW, entry.public_id, 1, form, path.name, len(whole))
        third = max(1, len(whole) // 3)
        for offset, end in ((0, third), (third, 2 * third), (2 * third, len(whole))):
            key = new_key("entries")
            size = means.storage.write(key, BytesIO(whole[offset:end]), end - offset)
            place = {"offset": offset, "size": size, "key": key}
            files.keep_part(session, world.actor, NOW, file.public_id, **place)
        session.commit()
        return file

    return arrive


def clip(tmp_path: Path, name: str = "a.mp4", **values: Any) -> Path:
    return making.clip(tmp_path / name, **{"seconds": 1.5, "size": (64, 48), **values})


def read(storage: Storage, key: str) -> bytes:
    with storage.open(key) as stream:
        return stream.read()


def parts(session: Session) -> list[FilePart]:
    return list(session.scalars(select(FilePart)))


def test_a_clip_within_the_rules_is_good_and_has_a_copy_without_names(
    session: Session, means: Means, arrive: Arrive, tmp_path: Path
) -> None:
    path = clip(tmp_path)
    file = arrive(path)
    check_file(means, file.id)
    assert (file.state, file.fault, file.mime) == (FileState.READY, "", "video/mp4")
    assert (file.width, file.height) == (64, 48)
    assert 1000 <= (file.duration_ms or 0) <= 2000
    assert read(means.storage, file.key) == path.read_bytes()
    [copy] = file.copies
    assert (copy["mime"], copy["size"]) == ("video/mp4", len(read(means.storage, copy["key"])))
    assert not any(name.encode() in read(means.storage, copy["key"]) for name in making.SECRETS)
    assert parts(session) == []
    assert sorted(means.storage.keys()) == sorted([file.key, copy["key"]])
    assert list(tmp_path.glob("copies-*")) == []


def test_examined_twice_is_examined_once(session: Session, means: Means, arrive: Arrive, tmp_path: Path) -> None:
    file = arrive(clip(tmp_path))
    check_file(means, file.id)
    before = (file.digest, file.copies, means.storage.keys())
    check_file(means, file.id)
    assert (file.digest, file.copies, means.storage.keys()) == before


def test_a_run_that_stopped_before_its_end_is_taken_up_again(
    session: Session, means: Means, arrive: Arrive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arrive(clip(tmp_path))

    def stopped(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(checks, "settle_file", stopped)
        with pytest.raises(KeyboardInterrupt):
            check_file(means, file.id)
    session.rollback()
    check_file(means, file.id)
    assert file.state is FileState.READY
    assert len(means.storage.keys()) == 2


@pytest.mark.parametrize(
    ("values", "fault", "told"),
    [
        ({"seconds": 0.5}, "video_length", {"min_ms": 1000, "max_ms": 2000}),
        ({"seconds": 3}, "video_length", {"min_ms": 1000, "max_ms": 2000}),
        ({"size": (48, 32)}, "video_frame", {"width": 48, "height": 32, "width_min": 64, "height_min": 48}),
        ({"picture": None, "name": "a.mp4"}, "not_video", {}),
    ],
)
def test_a_clip_beyond_the_rules_is_refused_with_its_value(
    session: Session, means: Means, arrive: Arrive, tmp_path: Path, values: dict[str, Any], fault: str, told: Any
) -> None:
    file = arrive(clip(tmp_path, **values))
    check_file(means, file.id)
    assert (file.state, file.fault, file.copies) == (FileState.REFUSED, fault, [])
    assert told.items() <= file.fault_values.items()
    assert means.storage.keys() == []


def test_a_clip_that_is_cut_off_is_refused(means: Means, arrive: Arrive, tmp_path: Path) -> None:
    whole = clip(tmp_path).read_bytes()
    file = arrive(tmp_path / "a.mp4", whole=whole[: len(whole) // 2])
    check_file(means, file.id)
    assert (file.state, file.fault) == (FileState.REFUSED, "file_truncated")


def test_bytes_without_sense_are_refused(means: Means, arrive: Arrive, tmp_path: Path) -> None:
    file = arrive(tmp_path / "a.mp4", whole=b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 100)
    check_file(means, file.id)
    assert file.state is FileState.REFUSED
    assert file.fault in {"file_truncated", "file_unreadable"}


@pytest.mark.parametrize(("most", "state"), [(13, FileState.READY), (12, FileState.REFUSED)])
def test_a_document_is_counted(
    session: Session, means: Means, arrive: Arrive, tmp_path: Path, world: World, most: int, state: FileState
) -> None:
    document = making.document(tmp_path / "a.docx")
    file = arrive(document, AnswerForm.DOCUMENT)
    world.rules.sections = {"forms": {**world.rules.sections["forms"], "words_max": most}}
    session.commit()
    check_file(means, file.id)
    assert (file.state, file.words) == (state, 13)


def test_a_program_named_like_a_document_is_refused(means: Means, arrive: Arrive, tmp_path: Path) -> None:
    file = arrive(tmp_path / "a.pdf", AnswerForm.DOCUMENT, whole=b"MZ\x90\x00" + b"\x00" * 1000)
    check_file(means, file.id)
    assert (file.state, file.fault) == (FileState.REFUSED, "not_document")


def test_a_file_whose_bytes_are_lost_is_refused(session: Session, means: Means, arrive: Arrive, tmp_path: Path) -> None:
    file = arrive(clip(tmp_path))
    means.storage.delete(parts(session)[1].key)
    check_file(means, file.id)
    assert (file.state, file.fault) == (FileState.REFUSED, "file_damaged")


def test_a_file_given_up_before_is_not_examined_and_leaves_nothing(
    session: Session, world: World, means: Means, arrive: Arrive, tmp_path: Path
) -> None:
    file = arrive(clip(tmp_path))
    files.discard_file(session, world.actor, NOW, file.public_id)
    check_file(means, file.id)
    assert (file.state, means.storage.keys(), parts(session)) == (FileState.DISCARDED, [], [])


def test_a_file_given_up_meanwhile_leaves_nothing(
    session: Session, world: World, means: Means, arrive: Arrive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arrive(clip(tmp_path))
    settle = checks.settle_file

    def too_late(*arguments: Any) -> None:
        files.discard_file(session, world.actor, NOW, file.public_id)
        settle(*arguments)

    monkeypatch.setattr(checks, "settle_file", too_late)
    check_file(means, file.id)
    assert (file.state, means.storage.keys()) == (FileState.DISCARDED, [])


def test_a_good_file_that_is_taken_out_is_deleted_with_its_copies(
    session: Session, world: World, means: Means, arrive: Arrive, tmp_path: Path
) -> None:
    file = arrive(clip(tmp_path))
    check_file(means, file.id)
    clear_file(means, file.id)
    assert len(means.storage.keys()) == 2
    files.discard_file(session, world.actor, NOW, file.public_id)
    session.commit()
    clear_file(means, file.id)
    clear_file(means, file.id)
    assert means.storage.keys() == []


def aged(path: Path, age: timedelta) -> Path:
    moment = (NOW - age).timestamp()
    os.utime(path, (moment, moment))
    return path


OLD, YOUNG = timedelta(days=1, seconds=1), timedelta(days=1) - timedelta(seconds=1)


def test_what_killed_processes_left_is_deleted_after_a_day_and_nothing_that_is_named(
    session: Session, world: World, means: Means, arrive: Arrive, tmp_path: Path
) -> None:
    examined = arrive(clip(tmp_path))
    check_file(means, examined.id)
    arriving = arrive(clip(tmp_path, "b.mp4"))
    named = means.storage.keys()
    assert {examined.key, examined.copies[0]["key"]} < set(named)
    assert len(parts(session)) == 3
    orphans = {age: new_key("entries") for age in (OLD, YOUNG)}
    foreign = new_key("banks")
    for key in (*orphans.values(), foreign):
        means.storage.write(key, BytesIO(b"x"), 1)
    for key in (*named, foreign, orphans[OLD]):
        aged(tmp_path / "store" / key, OLD)
    aged(tmp_path / "store" / orphans[YOUNG], YOUNG)
    assert forget_orphans(session, means.storage, NOW - timedelta(days=1)) == 1
    assert set(means.storage.keys()) == {*named, orphans[YOUNG], foreign}
    check_file(means, arriving.id)
    assert arriving.state is FileState.READY


def test_where_nothing_was_ever_stored_nothing_is_left(session: Session, means: Means) -> None:
    assert forget_orphans(session, means.storage, NOW) == 0
