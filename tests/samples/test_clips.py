import io

import av
import pytest

from contest.samples import clips


@pytest.mark.parametrize(("made", "codecs"), [(clips.video, ["h264", "aac"]), (clips.audio, ["mp3float"])])
def test_every_clip_plays_from_beginning_to_end_and_is_small(made, codecs):
    content = made(1)
    with av.open(io.BytesIO(content)) as container:
        assert [stream.codec_context.name for stream in container.streams] == codecs
        assert clips.SECONDS <= container.duration / 1_000_000 < clips.SECONDS + 0.5
        frames = list(container.decode(container.streams[0]))
    assert len(frames) >= clips.SECONDS * clips.FRAMES_PER_SECOND
    assert len(content) < 150_000


@pytest.mark.parametrize("made", [clips.video, clips.audio])
def test_the_same_number_gives_the_same_clip_and_another_number_another(made):
    assert made(1) == made(1) != made(2)


def test_the_picture_moves_and_is_as_large_as_the_rules_ask():
    with av.open(io.BytesIO(clips.video(1))) as container:
        first, *_, last = [frame.to_image() for frame in container.decode(video=0)]
    assert first.size == last.size == (clips.WIDTH, clips.HEIGHT)
    assert first.tobytes() != last.tobytes()
