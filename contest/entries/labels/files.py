"""Words of files that answer a question."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, lazy_gettext, ngettext

from contest.entries.domain.limits import MB, AnswerForm, Limits
from contest.errors import DomainError
from contest.i18n import show_scaled
from contest.web.words import sentence, shown_number

ERRORS = {
    "question_unknown": lazy_gettext("Choose a prompt first; then its questions take files."),
    "no_file_chosen": lazy_gettext("Choose a file first."),
    "file_empty": lazy_gettext("This file is empty. Choose another one."),
    "file_too_big": lazy_gettext(
        "The file has %(size_mb)s MB; the rules allow at most %(max_mb)s MB. Make it smaller, then choose it again."
    ),
    "plain_file_too_big": lazy_gettext(
        "Without JavaScript a file may have at most %(max_mb)s MB. Turn JavaScript on, or use another browser: "
        "then larger files are sent in parts."
    ),
    "part_too_big": lazy_gettext("This part is larger than what is still missing of the file, or than 8 MB."),
    "part_too_small": lazy_gettext("This part is too small to be kept."),
    "uploads_unfinished": lazy_gettext(
        "You have %(max)s unfinished files. Finish or remove one of them before you begin another."
    ),
    "uploads_daily": lazy_gettext("You have sent %(max_gb)s GB within a day. Go on tomorrow."),
    "upload_over": lazy_gettext("This upload is over. Choose the file again to send it anew."),
    "upload_late": lazy_gettext("The round has closed: what arrives now does not count and is not kept."),
    "offset_conflict": lazy_gettext("Another part of this file has arrived in the meantime."),
    "storage_full": lazy_gettext(
        "The server has no room for more files at present. What has arrived is kept; try again later."
    ),
    "upload_malformed": lazy_gettext("The request could not be understood. Reload the page and choose the file again."),
    "not_video": lazy_gettext("This is not a video. Choose a video file, for example MP4."),
    "not_audio": lazy_gettext("This is not a sound recording. Choose a sound file, for example MP3 or M4A."),
    "not_document": lazy_gettext("This is not a document. Choose a PDF or a Word file (DOCX)."),
    "video_length": lazy_gettext(
        "The video is %(length_ms)s long; the rules ask for between %(min_ms)s and %(max_ms)s."
    ),
    "audio_length": lazy_gettext(
        "The recording is %(length_ms)s long; the rules ask for between %(min_ms)s and %(max_ms)s."
    ),
    "video_frame": lazy_gettext(
        "The picture has %(width)s × %(height)s points; the rules ask for at least %(width_min)s × %(height_min)s."
    ),
    "document_words": lazy_gettext("The document has %(words)s words; the rules allow at most %(max)s."),
    "file_unreadable": lazy_gettext("The file can't be read. Open it on your device: if it is in order, save it anew."),
    "file_truncated": lazy_gettext("The file is cut off: its end is missing. Save it anew, then choose it again."),
    "file_too_complex": lazy_gettext("The file is too complex to be examined. Save it anew in a common format."),
    "file_encrypted": lazy_gettext("The file is protected by a password. Choose one without."),
    "file_damaged": lazy_gettext("The file was damaged on the way. Choose it again to send it anew."),
}

LIMITS = {
    AnswerForm.TEXT: lazy_gettext("At most %(words)s words for each question."),
    AnswerForm.VIDEO: lazy_gettext(
        "Video of %(min)s to %(max)s, at least %(width)s × %(height)s, at most %(size)s (MP4, MOV, MKV, AVI)."
    ),
    AnswerForm.AUDIO: lazy_gettext("Recording of %(min)s to %(max)s, at most %(size)s (MP3, M4A, WAV)."),
    AnswerForm.DOCUMENT: lazy_gettext("Document of at most %(words)s words and %(size)s (PDF, DOCX)."),
}

ACCEPTED = {
    AnswerForm.VIDEO: ".mp4,.mov,.mkv,.avi,.webm,.m4v,.3gp,video/*",
    AnswerForm.AUDIO: ".mp3,.m4a,.wav,.aac,.ogg,.opus,.amr,audio/*",
    AnswerForm.DOCUMENT: ".pdf,.docx",
}
"""Hints for the file dialogue; the content decides."""


def fault_sentence(fault: str, values: Mapping[str, Any]) -> str:
    """Why a file was refused, with the value and the limit."""
    lengths = {name: length_words(value) for name, value in values.items() if name.endswith("_ms")}
    frame = {name: str(value) for name, value in values.items() if name.startswith(("width", "height"))}
    return sentence(DomainError(fault, **{**values, **lengths, **frame}))


def length_words(milliseconds: int) -> str:
    """A clip's length: 2 minutes 10 seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    parts: list[str] = [ngettext("%(num)d minute", "%(num)d minutes", minutes)] if minutes else []
    if seconds or not minutes:
        parts.append(ngettext("%(num)d second", "%(num)d seconds", seconds))
    return " ".join(parts)


def size_words(size: int) -> str:
    """A file's size in MB, small ones with a decimal."""
    if size >= 10 * MB:
        return f"{shown_number(round(size / MB))} MB"
    tenths = max(1, round(size * 10 / MB))
    return f"{show_scaled(tenths, 1, _language())} MB"


def limits_sentence(form: AnswerForm, limits: Limits) -> str:
    """What the rules ask of an answer in this form, told before one is made and to those who judge it."""
    values = {
        "min": length_words(limits.clip_min_ms),
        "max": length_words(limits.clip_max_ms),
        "width": limits.width_min,
        "height": limits.height_min,
        "size": size_words(limits.max_bytes(form)),
        "words": shown_number(limits.words_max),
    }
    return str(LIMITS[form]) % values


def _language() -> str:
    locale = get_locale()
    return str(locale.language) if locale else "vi"
