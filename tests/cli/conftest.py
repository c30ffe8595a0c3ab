import os
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
