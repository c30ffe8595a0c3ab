"""Prepare a checkout: virtual environment, bytecode, translations, static files and, for the tests, a browser.

Runs on the system's Python with nothing installed: `python3 scripts/setup.py run` or `… dev`. A step whose inputs
have not changed since it last succeeded is skipped, so that a second start is quick.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "prepared"
SETUP_LOCK = ROOT / "requirements-setup.lock"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetupError(Exception):
    """Something that this script can't put right; the message says what to do."""


def main(level: str) -> None:
    """Prepare everything that `level` ("run" or "dev") needs."""
    try:
        prepare_environment(level)
        prepare_bytecode()
        prepare_translations()
        prepare_static_files()
        if level == "dev":
            prepare_browser()
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("The preparation was stopped; the next start goes on with it.")


def prepare_environment(level: str) -> None:
    """`.venv` with exactly the packages of the lock. The packages of the tests include those of `run`."""
    state = digest([SETUP_LOCK, *LOCKS.values(), ROOT / "pyproject.toml"])
    if not was_moved() and stamp("environment") in {f"dev {state}", f"{level} {state}"}:
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise SetupError("This Python can't make a virtual environment; install it with: apt install python3-venv")
    say("Preparing the environment in .venv …")
    if was_moved() or not (BIN / "pip").exists():
        run([sys.executable, "-m", "venv", "--clear", VENV], "The folder .venv could not be made.")
    install_packages(LOCKS[level])
    set_stamp("environment", f"{level} {state}")


def was_moved() -> bool:
    """Whether the folder was renamed since: the programs of the environment name the folder in which it was made."""
    notes = VENV / "pyvenv.cfg"
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    return any(line.startswith("command = ") and not line.endswith(f" {VENV}") for line in lines)


def install_packages(lock: Path) -> None:
    """With uv, which is quick; with pip where uv does not run. Both check every package's hash.

    uv takes away what no lock names, so it is given both: since Python 3.12 that would be setuptools, too.
    """
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not has_writable_home():
        os.environ |= {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}
    no_packages = "The packages could not be installed; the lines above say why. Is the network there?"
    run([*pip, "--require-hashes", "-r", SETUP_LOCK], no_packages)
    try:
        uv: list[str | Path] = [BIN / "uv", "pip", "sync", "--quiet", "--python", BIN / "python"]
        run([*uv, "--compile-bytecode", "--require-hashes", lock, SETUP_LOCK], "")
    except SetupError:
        say("uv could not install the packages; trying pip, which takes longer …")
        run([*pip, "--require-hashes", "-r", lock], no_packages)
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], "The program could not be installed.")


def has_writable_home() -> bool:
    """Whether downloads can be kept for the next checkout."""
    try:
        return os.access(Path.home(), os.W_OK)
    except RuntimeError:  # an account without any
        return False


def prepare_bytecode() -> None:
    """Compile the program, so that it starts as quickly where Python is told to keep no bytecode."""
    folders = [ROOT / "contest", ROOT / "question_bank"]
    command: list[str | Path] = [BIN / "python", "-m", "compileall", "-q", "-j", "0", *folders]
    sources = (path for folder in folders for path in folder.rglob("*.py"))
    once("bytecode", sources, lambda: run(command, "The program could not be compiled."))


def prepare_translations() -> None:
    """Compile the catalogues."""
    folder = ROOT / "contest" / "translations"
    command: list[str | Path] = [BIN / "pybabel", "-q", "compile", "-d", folder]
    once("translations", folder.rglob("*.po"), lambda: run(command, "The translations could not be compiled."))


def prepare_static_files() -> None:
    """Compress the static files as far as they go, so that no request has to."""
    folder = ROOT / "contest" / "static"

    def compress() -> None:
        for old in compressed(folder):
            old.unlink()
        run([BIN / "python", "-m", "whitenoise.compress", "-q", folder], "The static files could not be compressed.")

    sources = set(folder.rglob("*")) - set(compressed(folder))
    once("static files", (path for path in sources if path.is_file()), compress)


def compressed(folder: Path) -> list[Path]:
    """What an earlier run has made."""
    return [path for path in folder.rglob("*") if path.suffix in {".br", ".gz"}]


def prepare_browser() -> None:
    """Chromium for the browser tests: the one on the PATH, else from apt, else Playwright's own."""
    if any(shutil.which(name) for name in BROWSERS) or stamp("browser"):
        return
    say("Installing Chromium for the browser tests …")
    if os.getuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "-qq", "update"], "", check=False)
        run(["apt-get", "-qq", "-y", "--no-install-recommends", "install", "chromium"], "", check=False)
        if shutil.which("chromium"):
            return
    run([BIN / "playwright", "install", "chromium"], "The tests need Chromium: install it and put it on the PATH.")
    set_stamp("browser", "playwright")


def once(name: str, inputs: Iterable[Path], action: Callable[[], None]) -> None:
    """Do `action` unless it was done for these very inputs."""
    state = digest(inputs)
    if stamp(name) != state:
        action()
        set_stamp(name, state)


def digest(paths: Iterable[Path]) -> str:
    """One SHA-256 of names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def stamp(name: str) -> str:
    """What was noted when this step last succeeded; empty if it never did."""
    path = STAMPS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def set_stamp(name: str, state: str) -> None:
    """Note that a step succeeded."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(state, encoding="utf-8")


def run(command: list[str | Path], trouble: str, *, check: bool = True) -> None:
    """Run a program; if it fails, `trouble` is what to tell."""
    sys.stdout.flush()
    try:
        failed = subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode
    except OSError as error:
        raise SetupError(trouble or str(error)) from error
    if failed and check:
        raise SetupError(trouble)


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
