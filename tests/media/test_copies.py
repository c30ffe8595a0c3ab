from pathlib import Path

import av
import pytest

from contest.media.child import facts_of, pieces_of
from contest.media.copies import fitting, turns
from contest.media.facts import Piece, UnreadableMediaError
from tests.media import making


def copied(path: Path) -> Piece:
    folder = path.with_suffix(".copy")
    folder.mkdir()
    [piece] = pieces_of(path, facts_of(path), folder)
    return piece


def named(path: Path) -> list[str]:
    """Which secrets stand in any byte of the file."""
    content = path.read_bytes()
    spelled = {
        secret: [secret.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")] for secret in making.SECRETS
    }
    return [secret for secret, forms in spelled.items() if any(form in content for form in forms)]


def coders(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [stream.codec_context.name for stream in container.streams]


@pytest.mark.parametrize(
    ("name", "picture", "sound", "mime", "inside"),
    [
        ("a.mp4", "libx264", "aac", "video/mp4", ["h264", "aac"]),
        ("a.mov", "libx265", "aac", "video/mp4", ["h264", "aac"]),
        ("a.mkv", "libx264", "libopus", "video/mp4", ["h264", "aac"]),
        ("a.webm", "libvpx", "libopus", "video/webm", ["vp8", "opus"]),
        ("b.webm", "libvpx-vp9", None, "video/webm", ["vp9"]),
        ("a.avi", "mpeg4", "libmp3lame", "video/mp4", ["h264", "aac"]),
        ("a.3gp", "h263", "libopencore_amrnb", "video/mp4", ["h264", "aac"]),
        ("a.mp3", None, "libmp3lame", "audio/mpeg", ["mp3float"]),
        ("a.m4a", None, "aac", "audio/mp4", ["aac"]),
        ("a.ogg", None, "libopus", "audio/mp4", ["aac"]),
        ("a.wav", None, "pcm_s16le", "audio/mp4", ["aac"]),
        ("a.flac", None, "flac", "audio/mp4", ["aac"]),
    ],
)
def test_a_copy_plays_everywhere_and_names_nobody(tmp_path, name, picture, sound, mime, inside):
    size = (352, 288) if picture == "h263" else (160, 120)
    path = making.clip(tmp_path / name, picture=picture, sound=sound, size=size, rate=25, seconds=1)
    assert named(path), "nothing is planted"
    piece = copied(path)
    assert named(piece.path) == []
    assert piece.mime == mime
    assert coders(piece.path) == inside
    before, after = facts_of(path), facts_of(piece.path)
    assert (after.kind, after.width, after.height) == (before.kind, before.width, before.height)
    assert abs(after.duration_ms - before.duration_ms) <= 100


def test_what_people_play_while_it_loads_begins_with_its_head(tmp_path):
    content = copied(making.clip(tmp_path / "a.mp4")).path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_nothing_of_a_song_but_its_sound_is_copied(tmp_path):
    path = making.song_with_cover(tmp_path / "a.mp3")
    assert named(path)
    piece = copied(path)
    assert named(piece.path) == []
    assert coders(piece.path) == ["mp3float"]
    assert b"JFIF" not in piece.path.read_bytes()


def test_free_text_between_pictures_is_left_out(tmp_path):
    """H.264 has a place for notes in the stream itself; the encoder writes its own name there."""
    path = making.clip(tmp_path / "a.mp4")
    assert b"x264 - core" in path.read_bytes()
    assert b"x264 - core" not in copied(path).path.read_bytes()


def test_a_copy_without_change_of_form_keeps_each_frame(tmp_path):
    path = making.clip(tmp_path / "a.mkv", sound=None)
    with av.open(str(path)) as before, av.open(str(copied(path).path)) as after:
        assert sum(1 for _ in before.decode(video=0)) == sum(1 for _ in after.decode(video=0)) == 20


@pytest.mark.parametrize("picture", ["libx264", "libx265"])
def test_an_upright_clip_stays_upright(tmp_path, picture):
    path = making.turned(making.clip(tmp_path / "a.mov", picture=picture))
    facts = facts_of(copied(path).path)
    assert (facts.width, facts.height) == (120, 160)


def test_a_large_and_fast_clip_becomes_small_enough(tmp_path):
    path = making.clip(tmp_path / "a.avi", picture="mpeg4", sound=None, size=(1080, 1920), rate=60, seconds=0.5)
    copy = copied(path).path
    facts = facts_of(copy)
    assert (facts.width, facts.height) == (720, 1280)
    with av.open(str(copy)) as container:
        assert sum(1 for _ in container.decode(video=0)) in {15, 16}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((640, 480), (640, 480)),
        ((1280, 720), (1280, 720)),
        ((1281, 720), (1280, 718)),
        ((1920, 1080), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((4000, 100), (1280, 32)),
        ((161, 121), (160, 120)),
        ((1, 1), (2, 2)),
    ],
)
def test_frames_fit_and_are_even(size, expected):
    assert fitting(*size) == expected


def test_a_frame_without_a_size_is_none():
    with pytest.raises(UnreadableMediaError):
        fitting(0, 480)


@pytest.mark.parametrize(
    ("rotation", "filters"),
    [
        (0, []),
        (90, ["transpose"]),
        (-90, ["transpose"]),
        (270, ["transpose"]),
        (180, ["hflip", "vflip"]),
        (-180, ["hflip", "vflip"]),
    ],
)
def test_turns(rotation, filters):
    assert [name for name, _ in turns(rotation)] == filters
