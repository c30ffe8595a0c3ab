import errno
import os
import stat
from pathlib import Path

import pytest

from contest.config import SettingsError, read_settings, with_local_keys

KEY = "5f2d81c07ab94e63" * 2
GOOD = {"CONTEST_SECRET_KEY": KEY, "CONTEST_IDENTITY_KEY": KEY[::-1]}


def problems(**changes: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings({**GOOD, **{f"CONTEST_{name}": value for name, value in changes.items()}})
    return caught.value.problems


def test_keys_alone_are_enough() -> None:
    settings = read_settings(GOOD)
    assert (settings.host, settings.port, settings.is_embedded) == ("127.0.0.1", 8000, True)
    assert settings.database_url.endswith("/var/contest.db")


@pytest.mark.parametrize("port", ["1", "8000", "65535"])
def test_ports_within_the_range_are_taken(port: str) -> None:
    assert read_settings({**GOOD, "CONTEST_PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5", "http", "٨٠", "1e3"])
def test_other_ports_are_refused_in_a_sentence(port: str) -> None:
    assert problems(PORT=port) == (f"CONTEST_PORT must be a whole number from 1 to 65535, not {port!r}.",)


@pytest.mark.parametrize(("name", "low", "high"), [("TRUSTED_PROXIES", 0, 5), ("WEB_THREADS", 1, 64)])
def test_numbers_have_both_bounds(name: str, low: int, high: int) -> None:
    for value in (low, high):
        read_settings({**GOOD, f"CONTEST_{name}": str(value)})
    for value in (low - 1, high + 1):
        assert len(problems(**{name: str(value)})) == 1


@pytest.mark.parametrize("key", [KEY[:31], "a" * 64, "0" * 32, "change-me" * 4])
def test_weak_keys_are_refused(key: str) -> None:
    (sentence,) = problems(SECRET_KEY=key)
    assert sentence.startswith("CONTEST_SECRET_KEY is too short or a sample value")
    assert key not in sentence


def test_key_of_the_least_length_is_taken() -> None:
    assert read_settings({**GOOD, "CONTEST_SECRET_KEY": KEY[:32]}).secret_key == KEY[:32]


def test_missing_key_says_how_to_make_one() -> None:
    assert problems(IDENTITY_KEY="") == ("CONTEST_IDENTITY_KEY is missing; make one with: openssl rand -hex 32",)


def test_every_mistake_is_named_at_once() -> None:
    found = problems(PORT="x", SECURE_COOKIES="maybe", DATABASE_URL="mysql://db", MAIL_URL="http://mail", SECRET_KEY="")
    assert sorted(sentence.split(" ")[0] for sentence in found) == [
        "CONTEST_DATABASE_URL",
        "CONTEST_MAIL_URL",
        "CONTEST_PORT",
        "CONTEST_SECRET_KEY",
        "CONTEST_SECURE_COOKIES",
    ]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u@db/contest", "postgresql+psycopg://u@db/contest"),
        ("postgresql+psycopg://u@db/contest", "postgresql+psycopg://u@db/contest"),
        ("sqlite:////srv/contest.db", "sqlite:////srv/contest.db"),
    ],
)
def test_database_address_gets_its_driver(given: str, used: str) -> None:
    assert read_settings({**GOOD, "CONTEST_DATABASE_URL": given}).database_url == used


def test_files_lie_beside_the_database_unless_told_otherwise() -> None:
    assert read_settings({**GOOD, "CONTEST_DATA": "/srv/contest"}).media == Path("/srv/contest/media")
    assert read_settings({**GOOD, "CONTEST_MEDIA_URL": "file:///srv/b%C3%A0i%20thi"}).media == Path("/srv/bài thi")


@pytest.mark.parametrize(
    "url",
    [
        "s3://bucket/prefix",
        "/srv/media",
        "file://host/srv",
        "file:media",
        "file:///srv?x=1",
        "file:///srv#x",
        "https://a/b",
    ],
)
def test_files_go_to_a_folder_in_this_release(url: str) -> None:
    (sentence,) = problems(MEDIA_URL=url)
    assert sentence == (
        f"CONTEST_MEDIA_URL must look like file:///srv/contest/media, not {url!r}: "
        "this release stores files in a folder."
    )


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.4", False),
        ("thi.langson.gov.vn", False),
        ("localhost.evil.vn", False),
    ],
)
def test_only_this_machine_counts_as_loopback(host: str, is_loopback: bool) -> None:
    assert read_settings({**GOOD, "CONTEST_HOST": host}).is_loopback is is_loopback


def test_blank_settings_count_as_left_out() -> None:
    assert read_settings({**GOOD, "CONTEST_PORT": "  ", "CONTEST_HOST": ""}).port == 8000


def test_local_keys_are_made_once_and_are_for_the_owner_only(tmp_path: Path) -> None:
    environ = {"CONTEST_DATA": str(tmp_path / "var")}
    first, second = with_local_keys(environ), with_local_keys(environ)
    assert first == second
    assert first["CONTEST_SECRET_KEY"] != first["CONTEST_IDENTITY_KEY"]
    read_settings(first)
    for path in (tmp_path / "var").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_emptied_key_is_told_by_its_file_and_never_made_anew(tmp_path: Path) -> None:
    environ = {"CONTEST_DATA": str(tmp_path)}
    with_local_keys(environ)
    (tmp_path / "identity_key.txt").write_text("\n")
    with pytest.raises(SettingsError, match=r"identity_key\.txt is empty: put the key back"):
        with_local_keys(environ)


def test_a_disk_that_is_full_leaves_no_half_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _text: str, **_options: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    environ = {"CONTEST_DATA": str(tmp_path)}
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(SettingsError, match="No space left"):
            with_local_keys(environ)
    read_settings(with_local_keys(environ))


def test_keys_that_are_set_are_kept(tmp_path: Path) -> None:
    completed = with_local_keys({**GOOD, "CONTEST_DATA": str(tmp_path)})
    assert completed["CONTEST_SECRET_KEY"] == KEY
    assert list(tmp_path.iterdir()) == []


def test_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"can't be written: .* Set CONTEST_DATA\."):
        with_local_keys({"CONTEST_DATA": str(tmp_path / "file" / "var")})


@pytest.mark.parametrize("given", ["thi.example.vn", "ftp://thi.example.vn", "https://", "https://thi.example.vn/thi"])
def test_the_address_of_the_site_is_that_of_its_first_page(given: str) -> None:
    assert problems(SITE_URL=given) == (f"CONTEST_SITE_URL must look like https://thi.example.vn, not {given!r}.",)


@pytest.mark.parametrize("given", ["", "https://thi.example.vn", "http://10.0.0.1:8000/"])
def test_an_address_of_the_site_is_taken_as_it_is(given: str) -> None:
    assert read_settings({**GOOD, "CONTEST_SITE_URL": given}).site_url == given
