"""Folders in which copies are made before they are stored."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

SCRATCH = "copies-"


def scratch(folder: Path) -> TemporaryDirectory[str]:
    """A folder below `folder` for one piece of work; it goes when that ends, unless the process is killed before."""
    folder.mkdir(parents=True, exist_ok=True)
    return TemporaryDirectory(prefix=SCRATCH, dir=folder)


def forget_scratch(folder: Path, before: datetime) -> int:
    """Delete what killed processes left of these folders; returns how many. None that was written since `before`."""
    left = [path for path in folder.glob(f"{SCRATCH}*") if path.stat().st_mtime < before.timestamp()]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)
