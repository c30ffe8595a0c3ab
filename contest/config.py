"""Settings from environment variables `CONTEST_…`, checked once at start with a sentence per mistake."""

import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NewType
from urllib.parse import unquote, urlsplit

SettingsProblems = NewType("SettingsProblems", tuple[str, ...])

MINIMUM_KEY_CHARACTERS = 32
SAMPLE_KEYS = frozenset({"change-me" * 4, "secret" * 6, "0" * 32, "0" * 64})


class SettingsError(Exception):
    """Settings that the program can't start with; `problems` holds one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = SettingsProblems(tuple(problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the operator decides. `docs/operations.md` explains each value."""

    data: Path
    media: Path
    database_url: str
    secret_key: str
    identity_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: int = 0
    web_workers: int = 2
    web_threads: int = 4
    hashes_in_flight: int = 2
    mail_url: str | None = None
    mail_from: str = "no-reply@localhost"
    site_url: str = ""
    site_name: str = "Cuộc thi trực tuyến"
    site_subtitle: str = "Tỉnh Lạng Sơn"
    support_phone: str = ""
    support_email: str = ""
    support_address: str = ""
    secure_cookies: bool = False

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one (SQLite) rather than a server."""
        return self.database_url.startswith("sqlite")

    @property
    def is_private(self) -> bool:
        """Whether only this machine's own people reach the server: the condition for sample data."""
        return self.is_loopback and not self.trusted_proxies

    @property
    def is_loopback(self) -> bool:
        """Whether the server listens on this machine only; a proxy may still let others in."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


class _Reader:
    """Reads one variable after another and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self._environ.get(f"CONTEST_{name}", "").strip() or default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        raw = self.text(name, str(default))
        if raw.isascii() and raw.isdecimal() and low <= int(raw) <= high:
            return int(raw)
        self.problems.append(f"CONTEST_{name} must be a whole number from {low} to {high}, not {raw!r}.")
        return default

    def flag(self, name: str) -> bool:
        raw = self.text(name, "no").lower()
        if raw not in {"yes", "no"}:
            self.problems.append(f"CONTEST_{name} must be yes or no, not {raw!r}.")
        return raw == "yes"

    def key(self, name: str) -> str:
        raw = self.text(name, "")
        if not raw:
            self.problems.append(f"CONTEST_{name} is missing; make one with: openssl rand -hex 32")
        elif len(raw) < MINIMUM_KEY_CHARACTERS or raw in SAMPLE_KEYS or len(set(raw)) < 8:
            self.problems.append(
                f"CONTEST_{name} is too short or a sample value; it needs at least "
                f"{MINIMUM_KEY_CHARACTERS} random characters."
            )
        return raw

    def database_url(self, data: Path) -> str:
        raw = self.text("DATABASE_URL", f"sqlite:///{data.absolute() / 'contest.db'}")
        if raw.startswith("postgresql://"):
            raw = raw.replace("postgresql://", "postgresql+psycopg://", 1)
        if not raw.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.problems.append(
                "CONTEST_DATABASE_URL must start with postgresql:// (or be left out for the embedded database)."
            )
        return raw

    def media(self, data: Path) -> Path:
        raw = self.text("MEDIA_URL", "")
        if not raw:
            return data.absolute() / "media"
        url = urlsplit(raw)
        if url.scheme != "file" or url.netloc or not url.path.startswith("/") or url.query or url.fragment:
            self.problems.append(
                f"CONTEST_MEDIA_URL must look like file:///srv/contest/media, not {raw!r}: "
                "this release stores files in a folder."
            )
        return Path(unquote(url.path))

    def mail_url(self) -> str | None:
        raw = self.text("MAIL_URL", "")
        if raw and urlsplit(raw).scheme not in {"smtp", "smtps"}:
            self.problems.append("CONTEST_MAIL_URL must look like smtp://user:password@host:587 or smtps://….")
        return raw or None

    def site_url(self) -> str:
        raw = self.text("SITE_URL", "")
        url = urlsplit(raw)
        if raw and (url.scheme not in {"http", "https"} or not url.netloc or url.path not in {"", "/"}):
            self.problems.append(f"CONTEST_SITE_URL must look like https://thi.example.vn, not {raw!r}.")
        return raw


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings of this process. Raises `SettingsError` that lists every mistake at once."""
    read = _Reader(environ)
    data = Path(read.text("DATA", "./var"))
    settings = Settings(
        data=data,
        media=read.media(data),
        database_url=read.database_url(data),
        secret_key=read.key("SECRET_KEY"),
        identity_key=read.key("IDENTITY_KEY"),
        host=read.text("HOST", "127.0.0.1"),
        port=read.number("PORT", 8000, 1, 65535),
        trusted_proxies=read.number("TRUSTED_PROXIES", 0, 0, 5),
        web_workers=read.number("WEB_WORKERS", 2, 1, 64),
        web_threads=read.number("WEB_THREADS", 4, 1, 64),
        hashes_in_flight=read.number("HASHES_IN_FLIGHT", 2, 1, 64),
        mail_url=read.mail_url(),
        mail_from=read.text("MAIL_FROM", "no-reply@localhost"),
        site_url=read.site_url(),
        site_name=read.text("SITE_NAME", "Cuộc thi trực tuyến"),
        site_subtitle=read.text("SITE_SUBTITLE", "Tỉnh Lạng Sơn"),
        support_phone=read.text("SUPPORT_PHONE", ""),
        support_email=read.text("SUPPORT_EMAIL", ""),
        support_address=read.text("SUPPORT_ADDRESS", ""),
        secure_cookies=read.flag("SECURE_COOKIES"),
    )
    if read.problems:
        raise SettingsError(read.problems)
    return settings


def with_local_keys(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, with keys made once in the data folder where none are set (for `contest run`)."""
    completed = dict(environ)
    data = Path(completed.get("CONTEST_DATA", "").strip() or "./var")
    for name in ("SECRET_KEY", "IDENTITY_KEY"):
        if not completed.get(f"CONTEST_{name}", "").strip():
            completed[f"CONTEST_{name}"] = _local_key(data / f"{name.lower()}.txt")
    return completed


def _local_key(path: Path) -> str:
    if not path.exists():
        _make_key(path)
    key = path.read_text(encoding="ascii").strip()
    if not key:
        message = f"{path} is empty: put the key back from a copy, or delete the file where nothing is stored yet."
        raise SettingsError([message])
    return key


def _make_key(path: Path) -> None:
    """Whole or not at all, also on a full disk."""
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(32), encoding="ascii")
        new.replace(path)
    except OSError as error:
        message = f"The data folder {path.parent} can't be written: {error.strerror}. Set CONTEST_DATA."
        raise SettingsError([message]) from error
