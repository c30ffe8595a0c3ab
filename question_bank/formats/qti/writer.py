"""Writing QTI 2.1 packages: one file for each question, pictures and sounds beside them, and a manifest."""

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from question_bank.formats.base import Bank
from question_bank.formats.media_types import find_media_type
from question_bank.formats.qti.answers import WRITERS, answers_of
from question_bank.formats.qti.body import FindPacked, PackedMedium, blocks_of
from question_bank.formats.qti.metadata import bank_lom, lom_of
from question_bank.formats.qti.package import MANIFEST
from question_bank.formats.qti.rules import outcomes_of
from question_bank.formats.qti.xml import Node, node, written
from question_bank.kinds.gap_fill import gaps_of
from question_bank.media import media_of
from question_bank.question import Question
from question_bank.text import clean

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_METADATA = "http://www.imsglobal.org/xsd/imsqti_metadata_v2p1"
_SCHEMA = f"{_ITEM} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_FEEDBACK, _EXPLANATION = "FEEDBACK", "explanation"
_LOST_SETTINGS = frozenset({"tone_place", "unmarked", "least_words", "most_words"})


def write_questions(stream: BinaryIO, bank: Bank) -> None:
    """Write the questions that QTI can hold."""
    entries = [(code, question) for code, question in bank.entries if not _unheld(question)]
    media = {
        digest: packed
        for digest in sorted(media_of(question for _, question in entries))
        if (packed := _packed(digest, bank.media.get(digest, b"")))
    }
    with zipfile.ZipFile(stream, "w") as archive:
        resources = []
        for number, (code, question) in enumerate(entries, start=1):
            path = f"cau-{number:04}.xml"
            item = _item(f"Q{number:04}", code, question, media.get)
            _add(archive, path, written(item))
            resources.append(_resource(path, code, question, item, media))
        for digest, packed in media.items():
            _add(archive, packed.path, bank.media[digest], zipfile.ZIP_STORED)
            file = node("file", href=packed.path)
            resources.append(node("resource", file, identifier=_name(digest), type="webcontent", href=packed.path))
        _add(archive, MANIFEST, written(_manifest(bank, resources)))


def losses(question: Question) -> tuple[str, ...]:
    """Return what of a question QTI can't hold, by code."""
    whole = _unheld(question)
    if whole:
        return (whole,)
    texts = (question.topic, question.source, *question.tags, *_typed(question))
    kept = {
        "lost_settings": not _LOST_SETTINGS & {name for name, _ in question.settings},
        "lost_lines": not any("\n" in clean(text) for text in texts),
    }
    return tuple(code for code, is_kept in kept.items() if not is_kept)


def _unheld(question: Question) -> str:
    """Return why a question can't stand in the package, empty when it can."""
    if question.kind not in WRITERS:
        return "lost_kind"
    if question.kind == "gap_fill":
        gaps = {number: node("gap") for number in range(1, len(gaps_of(question)) + 1)}
        body = node("itemBody", *blocks_of(clean(question.text), lambda _digest: None, gaps))
        # One inside code or a formula has no place.
        return "" if sum(1 for _ in body.inside("gap")) == len(gaps) else "lost_form"
    return ""


def _typed(question: Question) -> Iterable[str]:
    if question.kind == "gap_fill":
        return (text for gap in gaps_of(question) for texts in gap for text in texts)
    return map(str, question.key) if question.kind == "short_text" and isinstance(question.key, tuple) else ()


def _item(identifier: str, code: str, question: Question, find: FindPacked) -> Node:
    answers = answers_of(question, find)
    body = node("itemBody", *blocks_of(clean(question.text), find, answers.gaps), *answers.interaction)
    outcomes, feedback = outcomes_of(question, answers), []
    if question.explanation:
        shown = node("defaultValue", node("value", _EXPLANATION))
        outcomes.append(
            node("outcomeDeclaration", shown, identifier=_FEEDBACK, cardinality="single", baseType="identifier")
        )
        words = blocks_of(clean(question.explanation), find)
        feedback.append(
            node("modalFeedback", *words, outcomeIdentifier=_FEEDBACK, identifier=_EXPLANATION, showHide="show")
        )
    processing = [answers.processing] if answers.processing else []
    item = node("assessmentItem", *answers.responses, *outcomes, body, *processing, *feedback)
    name = " ".join(clean(code).split())
    item.attributes = {
        "xmlns": _ITEM,
        "xmlns:xsi": _XSI,
        "xsi:schemaLocation": _SCHEMA,
        "identifier": identifier,
        "title": name,
        "label": name,
        "xml:lang": "vi",
        "adaptive": "false",
        "timeDependent": "false",
    }
    return item


def _resource(path: str, code: str, question: Question, item: Node, media: dict[str, PackedMedium]) -> Node:
    shown = sorted(each.name for each in item.inside() if each.name.endswith("Interaction"))
    facts = node(
        "qtiMetadata",
        node("timeDependent", "false"),
        *(node("interactionType", name) for name in dict.fromkeys(shown)),
        node("feedbackType", "nonadaptive" if question.explanation else "none"),
        node("solutionAvailable", str(question.key is not None).lower()),
        xmlns=_METADATA,
    )
    used = [digest for digest in sorted(media_of([question])) if digest in media]
    return node(
        "resource",
        node("metadata", lom_of(code, question), facts),
        node("file", href=path),
        *(node("dependency", identifierref=_name(digest)) for digest in used),
        identifier=f"R-{path.removesuffix('.xml')}",
        type="imsqti_item_xmlv2p1",
        href=path,
    )


def _manifest(bank: Bank, resources: list[Node]) -> Node:
    schema = node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0")
    return node(
        "manifest",
        node("metadata", *schema, bank_lom(bank)),
        node("organizations"),
        node("resources", *resources),
        xmlns=_PACKAGE,
        identifier="MANIFEST",
    )


def _packed(digest: str, content: bytes) -> PackedMedium | None:
    found = find_media_type(content)
    return PackedMedium(f"media/{digest[:16]}.{found.extension}", found.mime) if found else None


def _name(digest: str) -> str:
    return f"M-{digest[:16]}"


def _add(archive: zipfile.ZipFile, path: str, content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> None:
    # Every file has the date with which zips begin: the same bank makes the same package.
    archive.writestr(zipfile.ZipInfo(path), content, packing)
