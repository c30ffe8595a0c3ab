"""A site for browser tests: gunicorn in a process of its own, with its own database, that can be killed."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from contest.accounts.models import Person
from contest.app import create_app
from contest.config import read_settings
from contest.db import db
from tests.conftest import KEYS
from tests.conventions.world import World, build

ROOT = Path(__file__).resolve().parents[2]
TRIES = 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """`url` stays the same when the server is killed and started again."""

    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        return {
            **KEYS,
            "CONTEST_DATABASE_URL": self.database_url,
            "CONTEST_DATA": str(self.folder),
            "CONTEST_PORT": str(self.port),
            "CONTEST_WEB_WORKERS": "1",
        }

    def application(self) -> Flask:
        """The same application in this process, to read routes and prepare tables."""
        return create_app(read_settings(self.environ))

    def prepare(self) -> World:
        app = self.application()
        with Session(self._engine(app), expire_on_commit=False) as session:
            return build(app, session)

    def speak(self, locale: str) -> None:
        """Everybody's own choice of language."""
        with Session(self.engine()) as session:
            session.execute(update(Person).values(locale=locale))
            session.commit()

    def start(self) -> None:
        """Start the server; returns when it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "tests.browser.server:app"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **self.environ}, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(TRIES):
            if self._answers():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.2)
                raise AssertionError((self.folder / "server.log").read_text())
        raise TimeoutError((self.folder / "server.log").read_text())

    def kill(self) -> None:
        """As a loss of power would end it."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(40)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False

    def engine(self) -> Engine:
        """The database behind the site."""
        return self._engine(self.application())

    @staticmethod
    def _engine(app: Flask) -> Engine:
        with app.app_context():
            return db.engine
