"""Facts about clips. The container's own claims about its length are checked against what it holds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from contest.media.facts import Facts, UnreadableMediaError
from contest.media.forms import Clip

GAP_SECONDS = 10
LOOK_EVERY_SECONDS, PATIENCE_SECONDS = 20, 10
PATIENCE_PACKETS = 60
"""More than any decoder holds back: a look that got no frame by then got none, whatever comes out at the end."""
MISSING_MS, MISSING_SHARE = 2000, Fraction(1, 10)
HARMED_SHARE = Fraction(1, 4)
MAX_PACKETS = 5_000_000
MAX_PIXELS = 8192 * 4352
LENGTH_IN_HEAD = {"mov", "matroska", "avi", "asf"}
Stream = VideoStream | AudioStream


@contextmanager
def opened(path: Path, form: Clip) -> Iterator[InputContainer]:
    """The clip, read as this form and no other. Raises `UnreadableMediaError`."""
    try:
        container = av.open(f"file:{path}", format=form.reader, metadata_errors="replace")
    except MemoryError as error:
        raise UnreadableMediaError("too_complex") from error
    except av.error.FFmpegError as error:
        # A movie has its table of contents at its end as long as nobody moved it.
        raise UnreadableMediaError("truncated" if form.reader == "mov" else "unreadable") from error
    with container:
        yield container


def picture_of(container: InputContainer) -> VideoStream | None:
    """What is seen; the cover of a song is not."""
    streams = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    return next(streams, None)


def sound_of(container: InputContainer) -> AudioStream | None:
    """What is heard."""
    return next(iter(container.streams.audio), None)


def facts(path: Path, form: Clip) -> Facts:
    """Kind, length and frame. Raises `UnreadableMediaError`."""
    with opened(path, form) as container:
        picture, sound = picture_of(container), sound_of(container)
        looks = {stream.index: Look(stream) for stream in (picture, sound) if stream}
        check_size(picture)
        for packet in container.demux([container.streams[index] for index in looks]):
            looks[packet.stream.index].at(packet)
        main = next(iter(looks.values()), None)
        if main is None or main.is_rubbish():
            raise UnreadableMediaError("unreadable")
        # What is spoken while the picture stands still counts, too.
        duration_ms = max(look.duration_ms() for look in looks.values())
        if form.reader in LENGTH_IN_HEAD and container.duration:
            check_length(container.duration // 1000, duration_ms)
    kind, frame = ("video", main.frame) if picture else ("audio", None)
    width, height = shown_size(frame) if frame else (None, None)
    return Facts("video" if kind == "video" else "audio", f"{kind}/{form.subtype}", duration_ms, width, height)


def check_size(picture: VideoStream | None) -> None:
    """Raises `UnreadableMediaError` for a frame that no camera takes."""
    if picture and (picture.codec_context.width or 0) * (picture.codec_context.height or 0) > MAX_PIXELS:
        raise UnreadableMediaError("too_complex")


def check_length(claimed_ms: int, held_ms: int) -> None:
    """Raises `UnreadableMediaError` when much of what the head promises is not there."""
    if claimed_ms - held_ms > MISSING_MS + claimed_ms * MISSING_SHARE:
        raise UnreadableMediaError("truncated")


def shown_size(frame: VideoFrame) -> tuple[int, int]:
    """Width and height as a viewer shows them."""
    return (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)


class Look:
    """Goes through a stream once: when each packet is shown, and whether a few of them can really be decoded."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._step = float(stream.time_base or Fraction(1, 1000))
        self._shown: list[tuple[float, float]] = []
        self._next_look = 0.0
        self._is_looking = False
        self._looks = self._harmed = self._tried = 0
        self.frame: VideoFrame | None = None

    def at(self, packet: "Packet[Any]") -> None:
        """One packet more. Raises `UnreadableMediaError` when there is no end of them."""
        if not packet.size:
            return
        if len(self._shown) >= MAX_PACKETS:
            raise UnreadableMediaError("too_complex")
        begin = self._begin(packet)
        self._shown.append((begin, (packet.duration or 0) * self._step))
        if not self._is_looking and begin >= self._next_look + (0 if packet.is_keyframe else PATIENCE_SECONDS):
            self._begin_look(begin, is_fresh=packet.is_keyframe)
        if self._is_looking:
            self._decode(packet)

    def _begin(self, packet: "Packet[Any]") -> float:
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None:
            return stamp * self._step
        return sum(self._shown[-1]) if self._shown else 0.0

    def _begin_look(self, begin: float, *, is_fresh: bool) -> None:
        """At a frame that stands for itself. Where none comes for long, what the decoder remembers has to do."""
        if is_fresh:
            self._stream.codec_context.flush_buffers()
        self._is_looking, self._next_look, self._tried = True, begin + LOOK_EVERY_SECONDS, 0
        self._looks += 1
        self._harmed += 1

    def _decode(self, packet: "Packet[Any]") -> None:
        """Decode until a frame comes out, or patience ends."""
        self._tried += 1
        if self._tried > PATIENCE_PACKETS:
            self._is_looking = False
            return
        try:
            frames = self._stream.codec_context.decode(packet)
        except av.error.InvalidDataError:
            self._is_looking = packet.is_keyframe is False
            return
        self._keep(frames)

    def duration_ms(self) -> int:
        """How long something is shown or heard: pauses between packets count up to ten seconds."""
        shown = sorted(self._shown)
        between = sum(min(later[0] - sooner[0], GAP_SECONDS) for sooner, later in pairwise(shown))
        return round((between + min(shown[-1][1], GAP_SECONDS)) * 1000) if shown else 0

    def is_rubbish(self) -> bool:
        """Whether there is nothing, or much of what was tried could not be decoded."""
        if self._is_looking:
            self._keep(self._stream.codec_context.decode(None))
        return not self._looks or self._harmed > self._looks * HARMED_SHARE

    def _keep(self, frames: Sequence[object]) -> None:
        """The look was worth it when a frame came out of it; the first one tells the size."""
        if frames:
            self._is_looking = False
            self._harmed -= 1
            if self.frame is None and isinstance(frames[0], VideoFrame):
                self.frame = frames[0]
