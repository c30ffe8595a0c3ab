import errno
import fcntl
import subprocess
import sys

import pytest

from contest.media import Facts, UnreadableMediaError, derive, inspect, process
from tests.media import making


@pytest.fixture
def instead(monkeypatch):
    """Let the child process be this program."""

    def use(program: str) -> None:
        start = subprocess.Popen
        monkeypatch.setattr(
            subprocess, "Popen", lambda command, **named: start([sys.executable, "-c", program], **named)
        )

    return use


def test_a_file_is_inspected_and_copied_in_another_process(tmp_path):
    path = making.pdf(tmp_path / "a.pdf")
    facts = inspect(path)
    assert facts == Facts("document", "application/pdf", words=5, pages=1)
    (tmp_path / "copy").mkdir()
    [piece] = derive(path, facts, tmp_path / "copy")
    assert (piece.path, piece.mime) == (tmp_path / "copy" / "document.pdf", "application/pdf")
    assert inspect(piece.path) == facts


def test_a_clip_fits_into_the_bounds_of_the_process(tmp_path):
    path = making.clip(tmp_path / "a.avi", picture="mpeg4", sound="libmp3lame", size=(640, 480), seconds=1)
    (tmp_path / "copy").mkdir()
    [piece] = derive(path, inspect(path), tmp_path / "copy")
    assert inspect(piece.path).kind == "video"


@pytest.mark.parametrize(("content", "code"), [(b"", "unreadable"), (b"%PDF-1.7 rubbish", "unreadable")])
def test_what_is_wrong_with_a_file_is_told(tmp_path, content, code):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(UnreadableMediaError) as caught:
        inspect(tmp_path / "a")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "unreadable"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "too_complex"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "too_complex"),
        ('print(\'{"fault": "truncated"}\')', "truncated"),
    ],
)
def test_a_file_that_breaks_its_reader_has_a_word_too(instead, tmp_path, end, code):
    instead(f"import os, signal; {end}")
    with pytest.raises(UnreadableMediaError) as caught:
        inspect(tmp_path / "a")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("program", "number"),
    [(f"print('{{\"errno\": {errno.ENOSPC}}}')", errno.ENOSPC), ("raise SystemExit(1)", None)],
)
def test_what_this_machine_lacks_is_no_fault_of_the_file(instead, tmp_path, program, number):
    instead(program)
    with pytest.raises(OSError) as caught:
        inspect(tmp_path / "a")
    assert caught.value.errno == number


def test_a_missing_file_is_no_fault_of_its_content(tmp_path):
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "gone")


def test_one_that_never_ends_is_killed(instead, tmp_path, monkeypatch):
    monkeypatch.setattr(process, "STAY_EVERY_SECONDS", 1)
    monkeypatch.setattr(process, "INSPECT_SECONDS", 1)
    instead("import signal; signal.pause()")
    with pytest.raises(UnreadableMediaError) as caught:
        inspect(tmp_path / "a")
    assert caught.value.code == "too_complex"


class Stopped(Exception):
    pass


def test_work_that_has_to_stop_ends_the_child_and_all_that_it_started(instead, tmp_path, monkeypatch):
    """The child of the child holds a lock, which nobody but its end gives back."""
    monkeypatch.setattr(process, "STAY_EVERY_SECONDS", 1)
    lock = tmp_path / "lock"
    instead(f"""
import fcntl, signal, subprocess, sys
file = open({str(lock)!r}, "w")
fcntl.flock(file, fcntl.LOCK_EX)
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], pass_fds=[file.fileno()])
file.write("held")
file.flush()
signal.pause()
""")

    def stay():
        if lock.exists() and lock.read_text() == "held":
            raise Stopped

    with pytest.raises(Stopped):
        inspect(tmp_path / "a", stay)
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def test_the_child_knows_no_settings(instead, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("CONTEST_SECRET_KEY", "geheim" * 8)
    note = tmp_path / "environment"
    instead(f"import os; open({str(note)!r}, 'w').write(str(dict(os.environ))); print('{{\"fault\": \"truncated\"}}')")
    with pytest.raises(UnreadableMediaError):
        inspect(tmp_path / "a")
    assert "geheim" not in note.read_text()
    assert "CONTEST" not in note.read_text()


HUNGRY = """
import json, sys
from contest.media import child

def greedy(path):
    {what}

child.COMMANDS["inspect"] = greedy
child.CPU_SECONDS["inspect"] = 1
child.bound("inspect")
print(json.dumps(child.answer("inspect", ["a"])))
"""


@pytest.mark.parametrize("what", ["return {'facts': len(bytes(3 * 2**30))}", "while True: pass"])
def test_one_that_asks_for_too_much_memory_or_time_is_refused_with_a_word(instead, tmp_path, what):
    instead(HUNGRY.format(what=what))
    with pytest.raises(UnreadableMediaError) as caught:
        inspect(tmp_path / "a")
    assert caught.value.code == "too_complex"
