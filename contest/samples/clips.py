"""Small real clips, made when the samples are loaded: an open book with a moving dot, and a few notes."""

import io
import math
from array import array
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 480
SECONDS = 8
FRAMES_PER_SECOND = 2
SAMPLES_PER_SECOND = 22_050
NOTES = (262, 294, 330, 392, 440, 392, 330, 294)  # Hz, one a second
COLOURS = ("#b3261e", "#1f5fa8", "#2e7d32", "#8a5a00")


def video(number: int) -> bytes:
    """An MP4 clip (H.264 and AAC); the same number gives the same clip."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        picture = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options={"preset": "ultrafast"})
        assert isinstance(picture, VideoStream)
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        picture.codec_context.thread_count = 1
        sound = _sound_stream(container, "aac")
        for moment in range(SECONDS * FRAMES_PER_SECOND):
            container.mux(picture.encode(av.VideoFrame.from_image(_picture(number, moment))))  # type: ignore[no-untyped-call]
        container.mux(picture.encode(None))
        _write_sound(container, sound, number)
    return file.getvalue()


def audio(number: int) -> bytes:
    """An MP3 clip; the same number gives the same clip."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        _write_sound(container, _sound_stream(container, "libmp3lame"), number)
    return file.getvalue()


def _sound_stream(container: OutputContainer, codec: str) -> AudioStream:
    stream = container.add_stream(codec, rate=SAMPLES_PER_SECOND, layout="mono")
    assert isinstance(stream, AudioStream)
    stream.bit_rate = 48_000
    return stream


def _write_sound(container: OutputContainer, stream: AudioStream, number: int) -> None:
    resampler = av.AudioResampler(stream.format, "mono", SAMPLES_PER_SECOND)
    for frame in _sound(number):
        for suited in resampler.resample(frame):
            container.mux(stream.encode(suited))
    container.mux(stream.encode(None))


def _sound(number: int) -> Iterator[av.AudioFrame]:
    for second in range(SECONDS):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES_PER_SECOND)
        frame.planes[0].update(_note(NOTES[(second + number) % len(NOTES)]))
        frame.sample_rate, frame.time_base = SAMPLES_PER_SECOND, Fraction(1, SAMPLES_PER_SECOND)
        frame.pts = second * SAMPLES_PER_SECOND
        yield frame


@cache
def _note(pitch: int) -> bytes:
    """A second of it; whole waves, so that the next one follows without a crack."""
    step = 2 * math.pi * pitch / SAMPLES_PER_SECOND
    return array("h", (int(6000 * math.sin(step * at)) for at in range(SAMPLES_PER_SECOND))).tobytes()


def _picture(number: int, moment: int) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), "#f6f3ea")
    draw = ImageDraw.Draw(image)
    for left, lean in ((120, 24), (320, -24)):
        page = [(left, 150 + max(lean, 0)), (left + 200, 150 - min(lean, 0)), (left + 200, 390), (left, 390)]
        draw.polygon(page, fill="white", outline="#444444", width=3)
        for line in range(5):
            draw.line([(left + 25, 220 + 30 * line), (left + 175, 220 + 30 * line)], fill="#bbbbbb", width=4)
    angle = 2 * math.pi * moment / (SECONDS * FRAMES_PER_SECOND)
    x, y = 320 + 200 * math.cos(angle), 90 + 40 * math.sin(angle)
    draw.ellipse([x - 28, y - 28, x + 28, y + 28], fill=COLOURS[number % len(COLOURS)])
    return image
