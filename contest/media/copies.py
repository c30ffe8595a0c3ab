"""Copies of clips: what is seen and heard, and nothing else.

What every browser plays is copied as it is; the rest is encoded anew as H.264 and AAC.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from contest.media.clips import Stream, opened, picture_of, sound_of
from contest.media.facts import Facts, Piece, UnreadableMediaError
from contest.media.forms import Clip

LONG_SIDE, SHORT_SIDE, MAX_RATE = 1280, 720, 30
THREADS = 2
SOUND_RATE = 48_000
WEB_PICTURES, WEB_SOUNDS = {"vp8", "vp9"}, {"opus", "vorbis"}
PLAIN_PIXELS = {"yuv420p", "yuvj420p"}
WITHOUT_NOTES = "filter_units=remove_types=6"  # H.264's place for free text
X264 = {"preset": "veryfast", "crf": "24", "maxrate": "3M", "bufsize": "6M", "threads": str(THREADS)}
CONTAINERS = {
    "video/webm": ("webm", {"fflags": "+bitexact"}),
    "video/mp4": ("mp4", {"fflags": "+bitexact", "movflags": "+faststart"}),
    "audio/mp4": ("mp4", {"fflags": "+bitexact", "movflags": "+faststart"}),
    "audio/mpeg": ("mp3", {"fflags": "+bitexact", "id3v2_version": "0", "write_id3v1": "0"}),
}


class Track(Protocol):
    """One stream on its way into the copy."""

    def take(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        """What becomes of one packet; an empty one ends the stream."""


def copy(path: Path, form: Clip, facts: Facts, folder: Path) -> Piece:
    """The copy of a clip. Raises `UnreadableMediaError`."""
    with opened(path, form) as source:
        picture, sound = picture_of(source), sound_of(source)
        mime = mime_of_copy(form, picture, sound)
        container, options = CONTAINERS[mime]
        piece = Piece(folder / f"clip.{container}", mime)
        with av.open(str(piece.path), "w", format=container, options=options) as target:
            tracks: dict[int, Track] = {}
            if picture:
                tracks[picture.index] = picture_track(target, picture, form, facts)
            if sound:
                tracks[sound.index] = sound_track(target, sound, mime)
            carry(source, target, tracks)
    return piece


def mime_of_copy(form: Clip, picture: VideoStream | None, sound: AudioStream | None) -> str:
    """What the copy will be. Raises `UnreadableMediaError` when there is nothing to see or hear."""
    if picture is None:
        if sound is None:
            raise UnreadableMediaError("unreadable")
        return "audio/mpeg" if form.reader == "mp3" and sound.codec_context.name.startswith("mp3") else "audio/mp4"
    is_web = picture.codec_context.name in WEB_PICTURES and form.reader == "matroska"
    return "video/webm" if is_web and (sound is None or sound.codec_context.name in WEB_SOUNDS) else "video/mp4"


def picture_track(target: OutputContainer, picture: VideoStream, form: Clip, facts: Facts) -> Track:
    """As it is when browsers play it, else encoded anew."""
    coder = picture.codec_context
    if target.format.name == "webm":
        return Copied(target, picture)
    if coder.name == "h264" and coder.pix_fmt in PLAIN_PIXELS and form.reader in {"mov", "matroska"}:
        return Copied(target, picture, WITHOUT_NOTES)
    return EncodedPicture(target, picture, facts)


def sound_track(target: OutputContainer, sound: AudioStream, mime: str) -> Track:
    """As it is when browsers play it, else encoded anew."""
    if mime in {"video/webm", "audio/mpeg"} or sound.codec_context.name == "aac":
        return Copied(target, sound)
    return EncodedSound(target, sound)


def carry(source: InputContainer, target: OutputContainer, tracks: dict[int, Track]) -> None:
    """Every packet through its track. The reader ends each stream with an empty packet."""
    for packet in source.demux([source.streams[index] for index in tracks]):
        for ready in tracks[packet.stream.index].take(packet):
            target.mux(ready)


class Copied:
    """The encoded bytes as they are, without tags, side data and notes."""

    def __init__(self, target: OutputContainer, source: Stream, bit_filter: str | None = None) -> None:
        self._stream = target.add_stream_from_template(source)
        self._stream.metadata.clear()
        self._filter = BitStreamFilterContext(bit_filter, source) if bit_filter else None
        self._waiting: list[Packet[Any]] = []

    def take(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        """See `Track.take`."""
        if packet.size:
            self._waiting.append(packet)
            if packet.dts is not None:
                yield from self._ready(packet.dts)
        elif self._waiting:
            yield from self._ready(self._waiting[-1].pts or 0)

    def _ready(self, last_dts: int) -> "Iterator[Packet[Any]]":
        """What came until now. Matroska keeps silent about when to decode its first packets: just before the next."""
        for before, packet in enumerate(reversed(self._waiting)):
            packet.dts = last_dts - before * (packet.duration or 1)
        for packet in self._waiting:
            parts = self._filter.filter(packet) if self._filter else [packet]
            yield from (self._bare(part) for part in parts if part.size)
        self._waiting.clear()

    def _bare(self, packet: "Packet[Any]") -> "Packet[Any]":
        bare = Packet(bytes(packet))
        bare.pts, bare.dts, bare.duration = packet.pts, packet.dts, packet.duration
        bare.time_base, bare.is_keyframe = packet.time_base, packet.is_keyframe
        bare.stream = self._stream
        return bare


class EncodedPicture:
    """Upright, at most 1280 × 720 or 720 × 1280 and 30 frames a second, in H.264."""

    def __init__(self, target: OutputContainer, source: VideoStream, facts: Facts) -> None:
        rate = min(source.average_rate or Fraction(25), Fraction(MAX_RATE))
        source.codec_context.thread_count = THREADS
        self._source = source
        self._stream = target.add_stream("libx264", rate=rate, options=X264)
        self._stream.width, self._stream.height = fitting(facts.width or 0, facts.height or 0)
        self._stream.pix_fmt = "yuv420p"
        self._graph: Graph | None = None

    def take(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        """See `Track.take`."""
        for frame in decoded(self._source, packet):
            if isinstance(frame, VideoFrame):
                self._graph = self._graph or self._filters(frame)
                self._graph.push(frame)
                yield from self._encoded()
        if not packet.size:
            if self._graph:
                self._graph.push(None)
            yield from self._encoded()
            yield from self._stream.encode(None)

    def _encoded(self) -> "Iterator[Packet[Any]]":
        while self._graph:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(frame, VideoFrame)
            frame.pict_type = 0
            yield from self._stream.encode(frame)

    def _filters(self, first: VideoFrame) -> Graph:
        graph = Graph()
        stream = self._stream
        steps = [
            graph.add_buffer(template=self._source, width=first.width, height=first.height, format=first.format),
            *(graph.add(name, arguments) for name, arguments in turns(first.rotation)),
            graph.add("scale", f"{stream.width}:{stream.height}"),
            graph.add("setsar", "1"),
            graph.add("fps", f"{stream.average_rate or stream.codec_context.rate}"),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*steps).configure()
        return graph


class EncodedSound:
    """Stereo AAC."""

    def __init__(self, target: OutputContainer, source: AudioStream) -> None:
        self._source = source
        self._stream = target.add_stream("aac", rate=SOUND_RATE, layout="stereo")

    def take(self, packet: "Packet[Any]") -> "Iterator[Packet[Any]]":
        """See `Track.take`."""
        for frame in decoded(self._source, packet):
            yield from self._stream.encode(frame)  # type: ignore[arg-type]
        if not packet.size:
            yield from self._stream.encode(None)


def decoded(stream: Stream, packet: "Packet[Any]") -> Iterator[object]:
    """The frames of a packet; a damaged one gives none."""
    try:
        yield from stream.codec_context.decode(packet if packet.size else None)
    except av.error.InvalidDataError:
        return


def fitting(width: int, height: int) -> tuple[int, int]:
    """The largest even size of these proportions that is small enough, never larger than it was."""
    if not width or not height:
        raise UnreadableMediaError("unreadable")
    share = min(Fraction(1), Fraction(LONG_SIDE, max(width, height)), Fraction(SHORT_SIDE, min(width, height)))
    return max(2, int(width * share) // 2 * 2), max(2, int(height * share) // 2 * 2)


def turns(rotation: int) -> list[tuple[str, str]]:
    """Filters that bring a frame upright which its camera says is turned by so many degrees, counter-clockwise."""
    return {90: [("transpose", "cclock")], -90: [("transpose", "clock")], 180: [("hflip", ""), ("vflip", "")]}.get(
        rotation - 360 if rotation > 180 else 180 if rotation == -180 else rotation, []
    )
