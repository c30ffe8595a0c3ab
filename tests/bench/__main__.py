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
from http.client import HTTPConnection
from pathlib import Path

import psutil
import psycopg
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from contest.app import create_app
from contest.config import read_settings
from contest.db import db
from tests import postgres
from tests.bench import scene
from tests.bench.load import Call, Measured, run

CLIENTS = 32
CALLS = 1500
WRITERS, STARTERS = 300, 300
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
            round_, writers, starters = scene.prepare(app, session, WRITERS, STARTERS)
        db.engine.dispose()
    conninfo = f"host={server.folder} user=postgres dbname=postgres"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare_journal (client text, seq int, payload text, PRIMARY KEY (client, seq))")
        connection.execute("CREATE EXTENSION pg_stat_statements")

        def statements() -> int:
            row = connection.execute("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements").fetchone()
            return int(row[0]) if row else 0

        _compare(server, environ, conninfo, statements, round_, writers, starters)


def _compare(
    server: postgres.Server,
    environ: dict[str, str],
    conninfo: str,
    statements: Callable[[], int],
    round_: scene.Round,
    writers: list[scene.Visitor],
    starters: list[scene.Visitor],
) -> None:
    database = psutil.Process(server.pid)

    def measure(port: int, web: psutil.Process, calls: list[Call]) -> Measured:
        return run(port, calls, CLIENTS, web, database, statements)

    with _gunicorn(BARE_PORT, "tests.bench.bare:app", {**environ, "BENCH_CONNINFO": conninfo}) as web:
        measure(BARE_PORT, web, _bare_rows(400, "warm-up"))
        row = measure(BARE_PORT, web, _bare_rows(CALLS, "row"))
        page = measure(BARE_PORT, web, [Call("GET", "/page")] * CALLS)
    print(f"{'':34}{'req/s':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'CPU ms':>9}{'app':>7}{'db':>7}{'stmts':>7}   ratio")
    _show("(a) bare: insert one row", row, None)
    _show("(b) bare: 10 KB", page, None)
    with _gunicorn(REAL_PORT, "wsgi:app", environ) as web:
        measure(REAL_PORT, web, scene.papers(writers, 200))
        _show("save answers", measure(REAL_PORT, web, scene.saves(writers, CALLS)), row, "a", 2.5)
        _show("open a paper of 30", measure(REAL_PORT, web, scene.papers(writers, CALLS // 2)), page, "b", 6)
        _show("start an attempt", measure(REAL_PORT, web, scene.starts(starters, round_)), row, "a", 6)
        _show("hand in and mark 30", measure(REAL_PORT, web, scene.hand_ins(writers)), row, "a", 6)
        _show("first public page", measure(REAL_PORT, web, [Call("GET", "/")] * (CALLS // 2)), page, "b", 3)


def _bare_rows(count: int, client: str) -> list[Call]:
    headers = {"Content-Type": "application/json"}
    return [
        Call("POST", "/row", json.dumps({"client": client, "seq": seq, "answers": {"1": "b"}}).encode(), headers)
        for seq in range(count)
    ]


def _show(name: str, measured: Measured, base: Measured | None, letter: str = "", target: float = 0) -> None:
    ratio = f"{measured.cpu_ms / base.cpu_ms:5.2f} x ({letter}), wanted <= {target:g}" if base else ""
    p50, p95, p99 = (measured.percentile(share) for share in (50, 95, 99))
    print(
        f"{name:34}{measured.calls / measured.seconds:8.0f}{p50:8.1f}{p95:8.1f}{p99:8.1f}{measured.cpu_ms:9.2f}"
        f"{measured.application_ms:7.2f}{measured.database_ms:7.2f}{measured.statements:7.2f}   {ratio}",
        flush=True,
    )


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
    for _ in range(200):
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
