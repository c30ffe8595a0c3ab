"""The child process that sets sheets for printing: bounded, it writes a PDF for each of them.

It knows nothing of the application: no settings, no keys, no database.
"""

import json
import sys
from pathlib import Path

from contest.media.bounds import bound
from contest.media.process import PICTURES, SHEETS
from question_bank.printed.setting import pdf_in

GB = 1024**3
MEMORY = 2 * GB
CPU_SECONDS = 600
FILE_BYTES = GB // 2


def press(folder: Path) -> None:
    """Write the sheets of the folder beside them, under their names."""
    for name, sheet in json.loads((folder / SHEETS).read_bytes()).items():
        (folder / name).write_bytes(pdf_in(folder / PICTURES, sheet))


if __name__ == "__main__":
    bound(MEMORY, CPU_SECONDS, FILE_BYTES)
    press(Path(sys.argv[1]))
