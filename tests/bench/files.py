"""Prints what reading files costs: python -m tests.bench.files.

5,000 questions of a workbook and of GIFT, as ratios to what calamine and pygiftparser take for the same; then the memory
that reading takes above an idle process, for every format and for hostile files. Each of these has its own process.
"""

import gc
import importlib
import io
import random
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

import psutil
from python_calamine import CalamineWorkbook

from question_bank.formats import FORMATS, Bank, UnusableFile, format_of
from question_bank.kinds import kind_of
from question_bank.question import Question
from tests.bench.similar import random_question

QUESTIONS, ROUNDS, MOST_MB = 5_000, 9, 150
KINDS = ("single", "multiple", "true_false", "short_text", "number", "matching")


def main() -> None:
    chance = random.Random(7)
    choices = [random_question(chance) for _ in range(QUESTIONS)]
    mixed = [_of_kind(KINDS[number % len(KINDS)], question) for number, question in enumerate(choices)]
    _show_times(_written(".xlsx", choices), _written(".gift", mixed))
    with tempfile.TemporaryDirectory() as folder:
        whole = ((f"5,000{name}", _written(name, choices if name == ".aiken" else mixed)) for name in FORMATS)
        for name, content in (*whole, *_hostile()):
            path = Path(folder) / name
            path.write_bytes(content)
            with get_context("spawn").Pool(1) as child:
                taken, told = child.apply(_read_alone, (path,))
            print(f"memory over idle, {name}: {taken} MB, wanted <= {MOST_MB}; {told}", flush=True)


def _of_kind(code: str, question: Question) -> Question:
    kind = kind_of(code)
    if code == "single" or kind.example is None:
        return question
    return replace(kind.example, text=question.text, topic=question.topic)


def _written(extension: str, questions: list[Question]) -> bytes:
    stream = io.BytesIO()
    entries = tuple((f"C{number}", question) for number, question in enumerate(questions))
    FORMATS[extension].write_questions(stream, Bank(entries))
    return stream.getvalue()


def _show_times(workbook: bytes, gift: bytes) -> None:
    gc.freeze()  # what stands already isn't looked over while either reads
    bare, ours = _measured(
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python(),
        lambda: FORMATS[".xlsx"].read_questions(workbook),
    )
    print(f"xlsx, read and checked: {ours:.2f} s, calamine {bare:.2f} s: {ours / bare:.1f} x, wanted <= 30")
    with warnings.catch_warnings(action="ignore"):
        parser = importlib.import_module("pygiftparser.parser")
    with mock.patch("question_bank.formats.gift.reader.checked", return_value=[]):
        bare, ours = _measured(
            lambda: parser.parseFile(io.StringIO(gift.decode())), lambda: FORMATS[".gift"].read_questions(gift)
        )
    print(f"gift, to questions: {ours:.2f} s, pygiftparser {bare:.2f} s: {ours / bare:.2f} x, wanted <= 1")
    (whole,) = _measured(lambda: FORMATS[".gift"].read_questions(gift))
    print(f"gift, read and checked: {whole:.2f} s: {whole / bare:.1f} x")


def _measured(*works: Callable[[], object]) -> list[float]:
    """The least CPU of this process for each, in seconds, of rounds in which they take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for taken, work in zip(times, works, strict=True):
            started = time.process_time()
            work()
            taken.append(time.process_time() - started)
    return [min(taken) for taken in times]


def _read_alone(path: Path) -> tuple[int, str]:
    """The most memory in MB that reading took, in a process that has read a small file before; what came of it."""
    example = replace(random_question(random.Random(7)), text="Câu hỏi đầu tiên?")
    for extension, each in FORMATS.items():
        if extension != ".zip":
            each.read_questions(_written(extension, [example]))
    Path("/proc/self/clear_refs").write_text("5")  # from here on the kernel notes the peak anew
    idle = psutil.Process().memory_info().rss
    try:
        found = format_of(path, path.read_bytes()).read_questions(path)
        told = f"{len(found.questions)} questions, {len(found.faults)} faults"
    except UnusableFile as error:
        told = f"refused: {error.code}"
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return (int(peak.split()[1]) * 1024 - idle) // 1_000_000, told


def _hostile() -> Iterator[tuple[str, bytes]]:
    """Files as large as may be, or that unpack to it, with as much of one thing as fits."""
    cells, text, relations = "xl/worksheets/sheet1.xml", "word/document.xml", "imsmanifest.xml"
    workbook, document = _written(".xlsx", []), _written(".docx", [])
    cell = b'<c t="inlineStr"><is><t>a</t></is></c>'
    yield "cells.xlsx", _with(workbook, cells, b"<worksheet><sheetData>" + b"<row>" + cell * 1_400_000)
    yield "rows.xlsx", _with(workbook, cells, b"<worksheet><sheetData>" + (b"<row>" + cell + b"</row>") * 900_000)
    one = b'<worksheet><sheetData><row><c t="inlineStr"><is><t>' + b"a" * 59_000_000
    yield "cell.xlsx", _with(workbook, cells, one + b"</t></is></c></row></sheetData></worksheet>")
    strings = b"<sst>" + b"<si><t>a</t></si>" * 900_000 + b"</sst>"
    yield "strings.xlsx", _with(workbook, "xl/sharedStrings.xml", strings)
    body = b"<document><body>" + b"<p><r><t>a</t></r></p>" * 330_000 + b"</body></document>"
    yield "paragraphs.docx", _with(document, text, body)
    long = b"<document><body><p><r><t>" + b"a " * 29_000_000 + b"</t></r></p></body></document>"
    yield "paragraph.docx", _with(document, text, long)
    yield (
        "manifest.zip",
        _with(_written(".zip", []), relations, b"<manifest>" + b"<resource/>" * 900_000 + b"</manifest>"),
    )
    yield "tags.xml", b"<quiz>" + b"<question></question>" * 900_000 + b"</quiz>"
    yield "text.xml", b'<quiz><question type="essay"><questiontext><text>' + b"&lt;b&gt;" * 2_000_000
    yield "lists.json", b'{"format": ' + b"[" * 9_900_000
    yield "objects.json", b'{"questions": [' + b"{}," * 3_300_000 + b"{}]}"
    yield "lines.gift", b"a\n" * 4_900_000
    yield "blocks.gift", b"a\n\n" * 3_200_000
    yield "line.gift", "ấ".encode() * 3_200_000 + b"{=a}"
    yield "marks.gift", b"a{=" + "\u0301".encode() * 4_900_000 + b"}"
    yield "answers.gift", b"a{" + b"=a" * 4_900_000 + b"}"
    yield "lines.aiken", b"a\nA. b\n" * 1_400_000
    yield "cells.csv", b"ma cau" + b";" * 9_900_000
    yield "quote.csv", b'ma cau\n"' + b"a\n" * 4_900_000


def _with(package: bytes, name: str, content: bytes) -> bytes:
    """The package with other bytes in one of its files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in {*old.namelist(), name}:
            new.writestr(member, content if member == name else old.read(member))
    return stream.getvalue()


if __name__ == "__main__":
    main()
