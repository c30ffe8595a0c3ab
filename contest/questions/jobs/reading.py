"""Reading an uploaded file of questions: what is good in it, what is at fault, what should be looked at again.

It may run twice, or again after a stop, without harm: nothing is in the bank before somebody decides.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, astuple, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from contest.errors import DomainError
from contest.media import scratch
from contest.questions.domain import Sound, sort_out
from contest.questions.jobs.media import AREA, prepare_medium
from contest.questions.jobs.report import MOST_SHOWN, Point, fault_rows, point_rows
from contest.questions.models import ImportState
from contest.questions.queries.importing import codes_of_bank, digests_of_bank, import_keys
from contest.questions.queries.media import media_of_bank
from contest.questions.services.importing import PERCENT, Task, find_task, settle_import
from contest.questions.services.media import NewMedium
from contest.questions.services.similar import Alike, alike_in_contest, bands_in_contest
from contest.questions.services.writing import sound
from contest.storage import MissingObjectError, Storage, StorageFullError, new_key
from question_bank.formats import Fault, Import, Parsed, UnusableFile, format_of
from question_bank.formats.base import LIMITS_READ, gathered
from question_bank.formats.limits import NO_LIMITS, PaperLimits
from question_bank.lint import NearDuplicates, asked_by, likeness, remarks_on, signatures
from question_bank.lint.similar import Asked, Signature
from question_bank.media import media_of
from question_bank.question import canonical_json, from_content, to_content

IMPORTS = "imports"
"""Of the store."""

MOST_MEDIA = 300
AT_ONCE = 100
_READ, _PREPARED = 20, 50
"""So far, in per cent, the work has come then."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the work is done with.

    `session` is for reading; `reach` keeps how far it has come, in per cent, and may raise to end it. No transaction
    is open while bytes are read or questions compared. Media are made in `folder` before they are stored.
    """

    session: Callable[[], Session]
    unit: Callable[[], AbstractContextManager[tuple[Session, datetime]]]
    reach: Callable[[int], None]
    storage: Storage
    folder: Path


@dataclass(frozen=True, slots=True)
class Good:
    """What may be taken over: questions and the media that they show, stored already."""

    items: list[Sound]
    media: list[NewMedium]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: what may be taken over, and the report on all of it, fit for a JSON column."""

    good: Good
    report: dict[str, Any]


def read_import(means: Means, import_id: int, author_id: int | None) -> None:
    """Read an upload, keep its good questions in place of the file, and make the report."""
    task = find_task(means.session(), import_id, author_id)
    means.session().rollback()
    if task is None:
        return
    try:
        with means.storage.open(task.key) as file:
            reading = read_file(means, task, file.read())
    except (MissingObjectError, UnusableFile, DomainError) as error:
        fault = UnusableFile("file_missing", {"value": task.name}) if isinstance(error, MissingObjectError) else error
        report = {"unusable": {"code": fault.code, "values": dict(fault.values)}}
        with means.unit() as (session, _now):
            settle_import(session, import_id, ImportState.UNUSABLE, report, task.key)
        return
    key = new_key(IMPORTS)
    kept = _kept(reading.good)
    means.storage.write(key, io.BytesIO(kept), len(kept))
    with means.unit() as (session, _now):
        settle_import(session, import_id, ImportState.READ, reading.report, key)
    means.storage.delete(task.key)


def forget_uploads(session: Session, storage: Storage, before: datetime) -> int:
    """Delete what was uploaded, or read from it, and decided on or given up; returns how many files."""
    return storage.forget_others(IMPORTS, import_keys(session), before)


def good_questions(storage: Storage, key: str) -> Good:
    """What a read file holds for the bank. Raises `MissingObjectError`."""
    with storage.open(key) as file:
        kept = json.load(file)
    items = [
        Sound(code, content, digest, words, PaperLimits(*owed)) for code, content, digest, words, *owed in kept["items"]
    ]
    return Good(items, [NewMedium(**medium) for medium in kept["media"]])


def _kept(good: Good) -> bytes:
    items = [[item.code, item.content, item.digest, item.words, *astuple(item.limits)] for item in good.items]
    return canonical_json({"items": items, "media": [asdict(medium) for medium in good.media]})


def read_file(means: Means, task: Task, content: bytes) -> Reading:
    """What a file holds for a bank. Raises `UnusableFile` and `media_many`."""
    found = format_of(task.name, content).read_questions(content)
    means.reach(_READ)
    found, media = _with_media(means, task, found if task.author_id is None else _without_limits(found))
    good = found.good
    sounds = [replace(sound(item.code, item.question), limits=item.limits) for item in good]
    session = means.session()
    sorted_out = sort_out(
        sounds, codes_of_bank(session, task.bank_id), digests_of_bank(session, task.bank_id), renames=False
    )
    session.rollback()
    means.reach(_PREPARED)
    known = {item.digest for item in sorted_out.known}
    new = [item for item, kept in zip(good, sounds, strict=True) if kept.digest not in known]
    points = [*_alike(means, task, new), *_remarks(new)]
    report = {
        "read": len(found.questions),
        "good": len(good),
        "known": len(sorted_out.known),
        "clashing": len(sorted_out.clashing),
        "known_codes": [item.code for item in sorted_out.known[:MOST_SHOWN]],
        "clashing_codes": [item.code for item in sorted_out.clashing[:MOST_SHOWN]],
        "faults": fault_rows(found, found.faults),
        "fault_count": len(found.faults),
        "guesses": fault_rows(found, found.guesses),
        **point_rows(points),
    }
    return Reading(Good(sounds, media), report)


def _without_limits(found: Import) -> Import:
    """The same questions without what papers owe them: only who sees the whole bank says that."""
    limited = [item.code for item in found.questions if item.limits != NO_LIMITS]
    if not limited:
        return found
    guesses = [guess for guess in found.guesses if guess.code not in LIMITS_READ]
    questions = tuple(item._replace(limits=NO_LIMITS) for item in found.questions)
    refused = gathered((code, "limits_refused") for code in limited)
    return replace(found, questions=questions, guesses=(*guesses, *refused))


def _remarks(items: Sequence[Parsed]) -> Iterator[Point]:
    for item in items:
        for remark in remarks_on(item.question):
            if remark.code == "source_to_add":
                continue  # the report says so once, for all of the file
            yield item, {"code": remark.code, "field": remark.field, "values": dict(remark.values)}


def _alike(means: Means, task: Task, items: Sequence[Parsed]) -> Iterator[Point]:
    """Questions nearly the same as others of the file, or as questions of the contest's banks."""
    asked = [asked_by(item.question) for item in items]
    signed = list(signatures(asked))
    index: NearDuplicates[int] = NearDuplicates()
    bands: set[int] = set()
    for place, (item, signature) in enumerate(zip(items, signed, strict=True)):
        if place % AT_ONCE == 0:
            means.reach(_PREPARED + (PERCENT - _PREPARED) * place // len(items))
            bands = bands_in_contest(means.session(), task.contest_id, signed[place : place + AT_ONCE])
        for earlier, code in _in_file(asked, index, place, signature):
            yield item, {"field": "text", "code": code, "values": {"other": items[earlier].code}}
        if not bands.isdisjoint(signature):
            for other in alike_in_contest(means.session(), task.contest_id, None, asked[place], signature):
                yield item, {"field": "text"} | _other(other, task.author_id)
        index.add(place, signature)
    means.session().rollback()


def _in_file(
    asked: Sequence[Asked], index: NearDuplicates[int], place: int, signature: Signature
) -> Iterator[tuple[int, str]]:
    for earlier in index.candidates(signature):
        code = likeness(asked[place], asked[earlier])
        if code is not None:
            yield earlier, code


def _other(other: Alike, author_id: int | None) -> dict[str, Any]:
    """Somebody who sees one author's questions learns of another's no more than that it is much alike."""
    if author_id not in {None, other.author_id}:
        return {"code": "near_duplicate", "values": {}, "is_hidden": True}
    return {"code": other.remark, "values": {"other": other.code}, "other_id": other.question_id}


def _with_media(means: Means, task: Task, found: Import) -> tuple[Import, list[NewMedium]]:
    """The same questions with marks of the media as they are stored; a medium that can't be shown is a fault."""
    shown = media_of(item.question for item in found.good)
    known = set(media_of_bank(means.session(), task.bank_id, shown))
    means.session().rollback()
    wanted = sorted((shown & found.media.keys()) - known)
    if len(wanted) > MOST_MEDIA:
        raise DomainError("media_many", field="file", most=MOST_MEDIA)
    prepared: dict[str, NewMedium] = {}
    broken = set(shown - found.media.keys() - known)
    for number, digest in enumerate(wanted):
        means.reach(_READ + (_PREPARED - _READ) * number // len(wanted))
        try:
            prepared[digest] = store_medium(means.storage, means.folder, found.media[digest], task.name)
        except DomainError:
            broken.add(digest)
    if not prepared and not broken:
        return replace(found, media={}), []
    digests = {old: new.digest for old, new in prepared.items()}
    questions = tuple(_renamed(item, digests) for item in found.questions)
    faults = [fault for item in found.good for fault in _broken_faults(item, broken, found.media)]
    return replace(found, questions=questions, faults=(*found.faults, *faults), media={}), list(prepared.values())


def _broken_faults(item: Parsed, broken: set[str], media: Mapping[str, bytes]) -> Iterator[Fault]:
    for digest in sorted(media_of([item.question]) & broken):
        code = "medium_broken" if digest in media else "medium_unknown"
        yield Fault("", code, {"mark": f"media:{digest[:12]}…"}, item.row)


def _renamed(item: Parsed, digests: Mapping[str, str]) -> Parsed:
    """The question with the names of the media as they are stored."""
    shown = media_of([item.question]) & digests.keys()
    if not shown:
        return item
    text = json.dumps(to_content(item.question))
    for old in shown:
        text = text.replace(f"media:{old}", f"media:{digests[old]}")
    return item._replace(question=from_content(json.loads(text)))


def store_medium(storage: Storage, folder: Path, content: bytes, name: str) -> NewMedium:
    """A picture or sound of a file, encoded anew and stored. Raises `DomainError` as `prepare_medium` does."""
    with scratch(folder) as place:
        source, made = Path(place) / "source", Path(place) / "made"
        made.mkdir()
        source.write_bytes(content)
        medium = prepare_medium(source, made)
        key = new_key(AREA)
        try:
            storage.put(key, medium.path)
        except StorageFullError as error:
            raise DomainError("medium_no_room", field="file") from error
    facts = medium.facts
    return NewMedium(medium.digest, key, name, medium.mime, medium.size, facts.width, facts.height, facts.duration_ms)
