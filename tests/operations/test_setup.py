"""`scripts/setup.py`: what it tells when a machine lacks something. Nothing is installed here."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "scripts" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, over an empty checkout with locks."""
    spec = importlib.util.spec_from_file_location("setup_script", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name in ("requirements-setup.lock", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "BIN": venv / "bin", "STAMPS": venv / "prepared"}
    locks = {"run": tmp_path / "requirements.lock", "dev": tmp_path / "requirements-dev.lock"}
    for name, value in {**places, "SETUP_LOCK": tmp_path / "requirements-setup.lock", "LOCKS": locks}.items():
        monkeypatch.setattr(script, name, value)
    return script


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were called; each succeeds without doing anything."""
    called: list[list[str]] = []

    def run(command: list[Any], **_options: Any) -> subprocess.CompletedProcess[str]:
        called.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return called


def ended(script: ModuleType) -> str:
    """What is told at the end."""
    with pytest.raises(SystemExit) as end:
        script.main("run")
    return str(end.value.code)


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_python_that_makes_no_environments_is_told_before_anything_is_made(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    assert ended(setup) == "This Python can't make a virtual environment; install it with: apt install python3-venv"
    assert ran == []


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("-m venv --clear", "The folder .venv could not be made."),
        ("requirements-setup.lock", "The packages could not be installed; the lines above say why."),
        ("--editable", "The program could not be installed."),
    ],
)
def test_a_step_that_fails_is_told_with_a_sentence(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, step: str, sentence: str
) -> None:
    def run(command: list[Any], **_options: Any) -> subprocess.CompletedProcess[str]:
        is_bad = step in " ".join(map(str, command))
        return subprocess.CompletedProcess(command, int(is_bad))

    monkeypatch.setattr(subprocess, "run", run)
    assert ended(setup).startswith(sentence)
    assert setup.stamp("environment") == ""


def test_what_builds_the_program_is_not_taken_away_before_it_is_built(setup: ModuleType, ran: list[list[str]]) -> None:
    setup.install_packages(setup.LOCKS["run"])
    [synced] = [command for command in ran if "sync" in command]
    assert {str(setup.SETUP_LOCK), str(setup.LOCKS["run"])} <= set(synced)


def test_where_uv_does_not_run_pip_installs(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called = []

    def run(command: list[Any], **_options: Any) -> subprocess.CompletedProcess[str]:
        called.append(" ".join(map(str, command)))
        if str(command[0]).endswith("/uv"):
            raise OSError
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    setup.install_packages(setup.LOCKS["run"])
    assert any(
        "-m pip install" in each and "--require-hashes" in each and "requirements.lock" in each for each in called
    )


def test_a_preparation_that_is_stopped_leaves_no_trace_in_the_terminal(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", stopped)
    assert ended(setup) == "The preparation was stopped; the next start goes on with it."


@pytest.mark.parametrize("name", ["cuộc thi", "another"])
def test_an_environment_is_made_anew_once_its_folder_was_renamed(
    setup: ModuleType, ran: list[list[str]], tmp_path: Path, name: str
) -> None:
    setup.BIN.mkdir(parents=True)
    (setup.BIN / "pip").touch()
    notes = setup.VENV / "pyvenv.cfg"
    notes.write_text(f"home = /usr/bin\ncommand = /usr/bin/python3 -m venv --clear {setup.VENV}\n", encoding="utf-8")
    setup.prepare_environment("run")
    assert not any("venv" in part for command in ran for part in command[2:3])
    ran.clear()
    setup.prepare_environment("run")
    assert ran == [], "nothing has changed"
    elsewhere = tmp_path.with_name(name) / ".venv"
    notes.write_text(f"home = /usr/bin\ncommand = /usr/bin/python3 -m venv --clear {elsewhere}\n", encoding="utf-8")
    setup.prepare_environment("run")
    assert ran[0] == [sys.executable, "-m", "venv", "--clear", str(setup.VENV)]


@pytest.mark.parametrize("has_home", [True, False])
def test_downloads_are_kept_only_where_they_can_be(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has_home: bool
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(Path, "home", lambda: tmp_path if has_home else tmp_path / "missing")
    setup.install_packages(setup.LOCKS["run"])
    assert os.environ.get("UV_NO_CACHE") == (None if has_home else "1")
    assert ran


def test_an_account_without_a_home_is_none_where_downloads_are_kept(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    assert setup.has_writable_home() is False


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_python_gets_the_same_versions(name: str) -> None:
    """What was tried with one Python is what runs on another; numpy and scipy keep their interfaces and drop Pythons."""
    lock = (SOURCE.parents[1] / name).read_text(encoding="utf-8")
    split = re.findall(r"^([a-z0-9.-]+)==\S+ ; python_full_version", lock, flags=re.MULTILINE)
    assert set(split) <= {"numpy", "scipy"}
