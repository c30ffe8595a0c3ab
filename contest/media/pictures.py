"""Pictures, alone or in documents, encoded anew so that nothing but what is seen is left."""

import io
from pathlib import Path

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from contest.media.facts import Facts, Piece, UnreadableMediaError

MAX_PIXELS = 50_000_000
LONG_SIDE = 2000
MIME = "image/webp"

Image.MAX_IMAGE_PIXELS = None  # refused by `readable`, with a word of our own
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
ALONE = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/x-ms-bmp", "image/tiff", "image/webp"})
SIDEWAYS = frozenset({5, 6, 7, 8})
"""Values of the orientation that a camera notes when it was held upright."""


def readable(content: bytes) -> Image.Image | None:
    """The picture, not decoded yet; None when it is drawn in a form that only word processors know.

    Raises `UnreadableMediaError` when it is larger than any that people take.
    """
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    if image.width * image.height > MAX_PIXELS:
        raise UnreadableMediaError("too_complex")
    return image


def encode(image: Image.Image, path: Path) -> bool:
    """Write it as WebP, upright and at most 2000 pixels a side. False when its content is broken."""
    try:
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONG_SIDE, LONG_SIDE))
        seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError):
        return False
    seen.info.clear()
    seen.save(path, "WEBP", quality=82)
    return True


def facts(path: Path, mime: str) -> Facts:
    """The frame of a picture that is a file of its own. Raises `UnreadableMediaError`."""
    image = _opened(path)
    turned = image.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS
    width, height = (image.height, image.width) if turned else (image.width, image.height)
    return Facts("picture", mime, width=width, height=height)


def copy(path: Path, folder: Path) -> Piece:
    """The copy of a picture that is a file of its own. Raises `UnreadableMediaError`."""
    piece = Piece(folder / "picture.webp", MIME)
    if not encode(_opened(path), piece.path):
        raise UnreadableMediaError("unreadable")
    return piece


def _opened(path: Path) -> Image.Image:
    image = readable(path.read_bytes())
    if image is None:
        raise UnreadableMediaError("unreadable")
    return image
