"""Starts the yardsticks and the application on the same PostgreSQL and gunicorn settings, loads them, prints ratios."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import psycopg
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from contest.app import create_app
from contest.config import read_settings
from contest.db import db
from tests import postgres
from tests.bench import scene
from tests.bench.drawing import draw_ms
from tests.bench.load import Call, Measured, Sent, merged, run, send_once

CLIENTS = 32
SLICES = 5
CALLS = 250  # of the quick rows, in a slice
EACH = 100  # of the rows that every person does once, in a slice
PAGES = 40  # of the board that has 200, in a slice
SIGN_INS = 20
WORKERS, THREADS = "2", "4"
BARE_PORT, REAL_PORT = 8791, 8792
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    server = postgres.start(durable=True)
    try:
        with tempfile.TemporaryDirectory() as data:
            _bench(server, Path(data))
    finally:
        server.stop()


def _bench(server: postgres.Server, data: Path) -> None:
    environ = {
        "CONTEST_DATABASE_URL": server.url("postgres"),
        "CONTEST_DATA": str(data),
        "CONTEST_SECRET_KEY": secrets.token_hex(32),
        "CONTEST_IDENTITY_KEY": secrets.token_hex(32),
        "CONTEST_WEB_WORKERS": WORKERS,
        "CONTEST_WEB_THREADS": THREADS,
    }
    app = create_app(read_settings(environ))
    with app.app_context():
        upgrade()
        with Session(db.engine, expire_on_commit=False) as session:
            prepared = scene.prepare(app, session, EACH * SLICES)
        db.engine.dispose()
    conninfo = f"host={server.folder} user=postgres dbname=postgres"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare_journal (client text, seq int, payload text, PRIMARY KEY (client, seq))")
        connection.execute("CREATE EXTENSION pg_stat_statements")

        def statements() -> int:
            row = connection.execute("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements").fetchone()
            return int(row[0]) if row else 0

        with (
            _gunicorn(BARE_PORT, "tests.bench.bare:app", {**environ, "BENCH_CONNINFO": conninfo}) as bare,
            _gunicorn(REAL_PORT, "wsgi:app", environ) as real,
            _marker(environ) as marker,
        ):
            processes = Processes(bare, [real, psutil.Process(marker.pid)], psutil.Process(server.pid))
            run(REAL_PORT, Sent(_first_calls(prepared), CLIENTS), processes.real, processes.database, statements)
            _measure(rows(prepared, lambda: _mark(marker)), processes, statements)


def _first_calls(prepared: scene.Scene) -> list[Call]:
    """What each worker makes once, the set and the frames of pages, is there before anything is measured."""
    return scene.papers(prepared.writers[:CLIENTS], 2 * CLIENTS) + [Call("GET", prepared.board)] * CLIENTS


@dataclass(frozen=True, slots=True)
class Processes:
    """Whose time is counted: the yardstick's, the application's with whoever marks for it, the database's."""

    bare: psutil.Process
    real: list[psutil.Process]
    database: psutil.Process


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what slice `number` sends, and how much it may cost of which yardstick.

    What is sent `before` is not counted; what is done `after` all calls of a slice is.
    """

    name: str
    calls: Callable[[int], list[Call]]
    base: str = ""
    target: float = 0
    clients: int = CLIENTS
    before: Callable[[int], list[Call]] = lambda _number: []
    after: Callable[[], None] = lambda: None


def rows(prepared: scene.Scene, mark: Callable[[], None]) -> list[Row]:
    """The yardsticks (a) and (b) first. `mark` is the sweep."""

    def part(people: list[Any], number: int) -> list[Any]:
        return people[number * EACH : (number + 1) * EACH]

    board = Call("GET", prepared.board)
    return [
        Row("(a) bare: insert one row", lambda number: _bare_rows(number * CALLS, CALLS)),
        Row("(b) bare: 10 KB", lambda _number: [Call("GET", "/page")] * CALLS),
        Row("save answers", lambda number: scene.saves(prepared.writers, number * CALLS, CALLS), "a", 2.5),
        Row("open a paper of 30", lambda _number: scene.papers(prepared.writers, CALLS // 2), "b", 6),
        Row(
            "start an attempt", lambda number: scene.starts(part(prepared.starters, number), prepared.round_id), "a", 6
        ),
        Row(
            "hand in and mark 30",
            lambda number: scene.hand_ins(part(prepared.finishers, number)),
            "a",
            6,
            after=mark,
        ),
        Row("read the result", lambda number: scene.results(part(prepared.finishers, number)), "b"),
        Row(
            "read the result, marking it",
            lambda number: scene.results(part(prepared.first_readers, number)),
            "b",
            before=lambda number: scene.hand_ins(part(prepared.first_readers, number)),
        ),
        Row("first public page", lambda _number: [Call("GET", "/")] * CALLS, "b", 3),
        Row("board, a page not kept yet", lambda number: _pages_of(board, number * PAGES + 2, PAGES - 2), "b", 6),
        Row("board, top 50 of 10,000", lambda _number: [board] * CALLS, "b", 1.5),
        Row("board, known to the browser", lambda _number: [_etag(board)] * CALLS, "b", 1.5),
        Row(
            "sign in",
            lambda number: scene.sign_ins(prepared.stranger, part(prepared.returning, number)[:SIGN_INS]),
            "a",
            clients=4,
        ),
    ]


def _pages_of(call: Call, first: int, count: int) -> list[Call]:
    """Pages of the board that nobody asked for before."""
    return [replace(call, path=f"{call.path}?page={number}") for number in range(first, first + count)]


def _etag(call: Call) -> Call:
    """The same call by a browser that holds the page."""
    connection = HTTPConnection("127.0.0.1", REAL_PORT, timeout=60)
    connection.request(call.method, call.path)
    reply = connection.getresponse()
    reply.read()
    return replace(call, headers={"If-None-Match": str(reply.headers["ETag"])}, expected=304)


def _measure(rows: list[Row], processes: Processes, statements: Callable[[], int]) -> None:
    """Every row in turn, and that several times: what else the machine does then touches all rows alike."""
    pieces: dict[str, list[Measured]] = {row.name: [] for row in rows}
    for number in range(SLICES):
        for row in rows:
            port, web = (REAL_PORT, processes.real) if row.base else (BARE_PORT, [processes.bare])
            for call in row.before(number):
                send_once(port, call)
            sent = Sent(row.calls(number), row.clients, row.after)
            pieces[row.name].append(run(port, sent, web, processes.database, statements))
        print(f"slice {number + 1} of {SLICES}", file=sys.stderr, flush=True)
    print(f"{'':28}{'req/s':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'CPU ms':>8}{'app':>7}{'db':>7}{'stmts':>7}   ratio")
    totals = {row.name: merged(pieces[row.name]) for row in rows}
    bases = {"a": totals[rows[0].name], "b": totals[rows[1].name]}
    for row in rows:
        _show(row, totals[row.name], bases.get(row.base))
    drawn, saved = draw_ms(), totals[rows[2].name].cpu_ms
    print(f"draw of 40 from 5,000: {drawn:.2f} ms of CPU, {drawn / saved:.2f} x one saved answer, wanted < 1")


def _bare_rows(first: int, count: int) -> list[Call]:
    headers = {"Content-Type": "application/json"}
    return [
        Call("POST", "/row", json.dumps({"client": "row", "seq": seq, "answers": {"1": "b"}}).encode(), headers)
        for seq in range(first, first + count)
    ]


def _show(row: Row, measured: Measured, base: Measured | None) -> None:
    ratio = f"{measured.cpu_ms / base.cpu_ms:5.2f} x ({row.base})" if base else ""
    wanted = f", wanted <= {row.target:g}" if row.target else ""
    p50, p95, p99 = (measured.percentile(share) for share in (50, 95, 99))
    print(
        f"{row.name:28}{measured.calls / measured.seconds:7.0f}{p50:8.1f}{p95:8.1f}{p99:8.1f}{measured.cpu_ms:8.2f}"
        f"{measured.application_ms:7.2f}{measured.database_ms:7.2f}{measured.statements:7.2f}   {ratio}{wanted}",
        flush=True,
    )


@contextmanager
def _marker(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the sweep whenever it is told to."""
    command = [sys.executable, "-m", "tests.bench.marking"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environ}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        _mark(process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _mark(marker: subprocess.Popen[str]) -> None:
    """Run the sweep until nothing is left to mark."""
    assert marker.stdin is not None
    assert marker.stdout is not None
    print(file=marker.stdin, flush=True)
    if not marker.stdout.readline():
        message = "the sweep failed"
        raise RuntimeError(message)


@contextmanager
def _gunicorn(port: int, application: str, environ: dict[str, str]) -> Iterator[psutil.Process]:
    """The project's own server settings, for the yardsticks as for the application."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        str(ROOT / "gunicorn.conf.py"),
        "--log-level",
        "warning",
        application,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ, "CONTEST_PORT": str(port)})
    try:
        _wait(port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/page" if port == BARE_PORT else "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


main()
