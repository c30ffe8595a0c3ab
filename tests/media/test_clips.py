import pytest

from contest.media.child import facts_of
from contest.media.clips import check_length
from contest.media.facts import Facts, UnreadableMediaError
from tests.media import making


def fault(path) -> str:
    with pytest.raises(UnreadableMediaError) as caught:
        facts_of(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "picture", "sound", "mime"),
    [
        ("a.mp4", "libx264", "aac", "video/mp4"),
        ("a.mov", "libx265", "aac", "video/quicktime"),
        ("a.mkv", "libx264", "libopus", "video/x-matroska"),
        ("a.webm", "libvpx", "libopus", "video/webm"),
        ("a.avi", "mpeg4", "libmp3lame", "video/x-msvideo"),
        ("a.mpg", "mpeg2video", "mp2", "video/mpeg"),
        ("a.ts", "libx264", "aac", "video/mp2t"),
        ("a.wmv", "wmv2", "wmav2", "video/x-ms-asf"),
        ("a.3gp", "h263", "libopencore_amrnb", "video/3gpp"),
        ("a.mp4", "libx264", None, "video/mp4"),
    ],
)
def test_a_video_tells_its_length_and_frame(tmp_path, name, picture, sound, mime):
    size = (352, 288) if picture == "h263" else (160, 120)
    made = making.clip(tmp_path / name, picture=picture, sound=sound, size=size, rate=25, seconds=1)
    facts = facts_of(made)
    assert (facts.kind, facts.mime, facts.width, facts.height) == ("video", mime, *size)
    assert abs(facts.duration_ms - 1000) <= 100


@pytest.mark.parametrize(
    ("name", "sound", "mime"),
    [
        ("a.mp3", "libmp3lame", "audio/mpeg"),
        ("a.m4a", "aac", "audio/mp4"),
        ("a.aac", "aac", "audio/aac"),
        ("a.ogg", "libopus", "audio/ogg"),
        ("a.wav", "pcm_s16le", "audio/wav"),
        ("a.flac", "flac", "audio/flac"),
        ("a.amr", "libopencore_amrnb", "audio/amr"),
    ],
)
def test_a_sound_tells_its_length(tmp_path, name, sound, mime):
    facts = facts_of(making.clip(tmp_path / name, picture=None, sound=sound))
    assert (facts.kind, facts.mime, facts.width) == ("audio", mime, None)
    assert abs(facts.duration_ms - 2000) <= 100


def test_the_cover_of_a_song_makes_no_video(tmp_path):
    path = making.song_with_cover(tmp_path / "a.mp3")
    assert facts_of(path).kind == "audio"


def test_a_phone_held_upright_takes_an_upright_frame(tmp_path):
    facts = facts_of(making.turned(making.clip(tmp_path / "a.mp4")))
    assert (facts.width, facts.height) == (120, 160)


def test_a_recorder_that_tells_no_length_is_measured(tmp_path):
    path = making.clip(tmp_path / "a.webm", picture="libvpx", sound="libopus", options={"live": "1"})
    assert abs(facts_of(path).duration_ms - 2000) <= 100


def test_a_head_that_promises_more_than_there_is_does_not_pass(tmp_path):
    """Five minutes in the head, the data of a tenth of it: the rest was never sent, or never made."""
    path = making.clip(tmp_path / "a.mp4", seconds=300, rate=1, sound=None, options={"movflags": "+faststart"})
    content = path.read_bytes()
    data = content.index(b"mdat") + 4
    path.write_bytes(content[: data + (len(content) - data) // 10])
    assert fault(path) == "truncated"


def test_one_frame_at_each_end_is_no_long_clip(tmp_path):
    """Pauses longer than ten seconds hold nothing."""
    path = making.clip(tmp_path / "a.mkv", seconds=300, rate=1, sound=None, picture="libx264", only={0, 299})
    assert fault(path) == "truncated"


def test_what_is_spoken_over_a_standing_picture_counts(tmp_path):
    path = making.clip(tmp_path / "a.mkv", seconds=25, rate=1, sound="libopus", only={0})
    assert abs(facts_of(path).duration_ms - 25_000) <= 100


def test_a_long_clip_of_rubbish_does_not_pass(tmp_path):
    path = making.clip(tmp_path / "a.mp4", seconds=90, rate=2, sound=None, options={"movflags": "+faststart"})
    content = path.read_bytes()
    data = content.index(b"mdat") + 4
    path.write_bytes(content[: data + 2000] + b"\x00" * (len(content) - data - 2000))
    assert fault(path) == "unreadable"


@pytest.mark.parametrize(
    ("name", "picture", "code"), [("a.mp4", "libx264", "truncated"), ("a.webm", "libvpx", "unreadable")]
)
def test_half_a_head_is_no_clip(tmp_path, name, picture, code):
    path = making.clip(tmp_path / name, picture=picture, sound=None)
    path.write_bytes(path.read_bytes()[:60])
    assert fault(path) == code


def test_a_movie_without_its_table_of_contents_is_cut(tmp_path):
    path = making.clip(tmp_path / "a.mp4")
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"moov") - 4])
    assert fault(path) == "truncated"


def test_a_frame_that_no_camera_takes_is_refused(tmp_path):
    path = making.clip(tmp_path / "a.mp4", seconds=0.2, size=(8192, 4368), sound=None)
    assert fault(path) == "too_complex"


def test_a_movie_that_names_other_files_reads_none(tmp_path):
    (tmp_path / "list.mp4").write_text(f"ffconcat version 1.0\nfile {making.clip(tmp_path / 'a.mp4')}\n")
    assert facts_of(tmp_path / "list.mp4") == Facts("other", "text/plain")


@pytest.mark.parametrize(
    ("claimed", "held", "passes"),
    [
        (300_000, 268_000, True),
        (300_000, 267_999, False),
        (1000, 0, True),
        (10_000, 7_000, True),
        (10_000, 6_999, False),
    ],
)
def test_a_little_may_be_missing(claimed, held, passes):
    if passes:
        check_length(claimed, held)
    else:
        with pytest.raises(UnreadableMediaError):
            check_length(claimed, held)
