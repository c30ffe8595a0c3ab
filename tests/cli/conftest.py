import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.cli import main
from tests.conftest import KEYS


@pytest.fixture
def contest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Call `contest …` in an environment with keys and a data folder; settings are given by name."""
    for name in [name for name in os.environ if name.startswith("CONTEST_")]:
        monkeypatch.delenv(name) if "TEST" not in name else None
    monkeypatch.setenv("CONTEST_DATA", str(tmp_path / "data"))
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str, given: str | None = None, **settings: str) -> Result:
        for name, value in settings.items():
            monkeypatch.setenv(f"CONTEST_{name.upper()}", value)
        return CliRunner().invoke(main, arguments, input=given)

    return call


@pytest.fixture
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What a command would have become or begun, had it not been refused; nothing is really started."""
    started: list[object] = []
    monkeypatch.setattr(os, "execv", lambda _program, arguments: started.append(arguments))
    monkeypatch.setattr(sys.modules["contest.cli.work"], "work_until", lambda *given: started.append(given))
    monkeypatch.setattr(sys.modules["contest.cli.run"], "Children", lambda *_: pytest.fail("nothing was refused"))
    return started


@pytest.fixture
def closed_port() -> str:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def refused(result: Result, words: str) -> None:
    """One sentence for the person at the terminal, an exit code, and no stack trace."""
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output
