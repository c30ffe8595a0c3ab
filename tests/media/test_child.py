import errno
import json
import subprocess
import sys
from pathlib import Path

import av.error
import pytest
from PIL import Image

from contest.media import child
from contest.media.facts import Facts, UnreadableMediaError

ROOT = Path(__file__).resolve().parents[2]
BOUNDS = """
import json, os, resource
from contest.media import child
child.bound({command!r})
limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in ("AS", "CPU", "FSIZE", "CORE")]
print(json.dumps([*limits, os.nice(0)]))
"""


def run(program: str, stdin=subprocess.DEVNULL) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdin=stdin, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("command", "seconds", "size"), [("inspect", 300, 2**20), ("derive", 7200, 2**32)])
def test_it_is_bounded(command, seconds, size):
    read, write = subprocess.os.pipe()
    found = json.loads(run(BOUNDS.format(command=command), stdin=read).stdout)
    subprocess.os.close(read)
    subprocess.os.close(write)
    assert found[:4] == [1536 * 2**20, seconds, size, 0]
    assert found[4] >= 10


def test_it_ends_when_its_parent_is_gone():
    """Nothing is left of the pipe that only the parent holds."""
    found = run("from contest.media import child; child.bound('inspect'); import time; time.sleep(600)")
    assert found.returncode == 1


def test_it_knows_nothing_of_the_application():
    program = "import sys, contest.media.child; print(*(name for name in sys.modules if name.startswith('contest')))"
    names = run(program).stdout.split()
    assert all(name == "contest" or name.startswith("contest.media") for name in names)
    assert "sqlalchemy" not in run("import sys, contest.media.child; print(*sys.modules)").stdout.split()


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (UnreadableMediaError("encrypted"), {"fault": "encrypted"}),
        (MemoryError(), {"fault": "too_complex"}),
        (RecursionError(), {"fault": "too_complex"}),
        (OSError(errno.EFBIG, "File too large"), {"fault": "too_complex"}),
        (OSError(errno.ENOSPC, "No space left"), {"errno": errno.ENOSPC}),
        (OSError(errno.EACCES, "Permission denied"), {"errno": errno.EACCES}),
        (av.error.OSError(errno.EIO, "Input/output error"), {"fault": "unreadable"}),
        (av.error.OSError(errno.ENOSPC, "No space left"), {"errno": errno.ENOSPC}),
        (OSError("broken data stream when reading image file"), {"fault": "unreadable"}),
        (KeyError("/Root"), {"fault": "unreadable"}),
    ],
)
def test_every_failure_has_a_word(monkeypatch, error, answer):
    def fail(path):
        raise error

    monkeypatch.setitem(child.COMMANDS, "inspect", fail)
    assert child.answer("inspect", ["a"]) == answer


def test_other_files_are_not_copied(tmp_path):
    (tmp_path / "a.txt").write_text("Bài của em")
    assert child.facts_of(tmp_path / "a.txt") == Facts("other", "text/plain")
    with pytest.raises(UnreadableMediaError):
        child.pieces_of(tmp_path / "a.txt", Facts("other", "text/plain"), tmp_path)


def test_a_picture_is_a_form_of_its_own(tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "a.png")
    facts = child.facts_of(tmp_path / "a.png")
    assert facts == Facts("picture", "image/png", width=30, height=20)
    assert [piece.mime for piece in child.pieces_of(tmp_path / "a.png", facts, tmp_path)] == ["image/webp"]
