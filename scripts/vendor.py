"""Build the fonts and the icon sprite in contest/static from two pinned npm packages.

Run by a developer when a character, an icon or a version changes: `python scripts/vendor.py`. The results are
committed, so neither the application nor its tests need npm. Sources: Be Vietnam Pro (OFL 1.1) and Tabler Icons (MIT).
"""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "contest" / "static"
PACKAGES = {"@fontsource/be-vietnam-pro": "5.3.0", "@tabler/icons": "3.51.0"}
WEIGHTS = (400, 600)

ASCII = "".join(map(chr, range(0x20, 0x7F)))
VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
SIGNS = "\u00a0«»·×÷±°§©–—‘’“”•…₫"

OUTLINE_ICONS = """
activity alarm alert-circle alert-triangle archive arrow-back-up arrow-down arrow-left arrow-right arrow-up arrows-sort
award ban bell book bookmark building-community calendar-event certificate chart-bar check checks chevron-down
chevron-left chevron-right circle-check circle-dashed clock clock-off clock-plus cloud-check cloud-up copy crystal-ball
database door-enter download equal eye eye-off file-text files filter flag gavel grip-vertical help-circle history home
hourglass id info-circle key keyboard layout-dashboard layout-grid link list-check list-numbers lock lock-open login
logout mail map-pin menu-2 message-2 microphone minus paperclip pencil phone photo player-pause player-play plus printer
receipt refresh repeat rosette-discount-check scale search send settings shield-check sort-descending-numbers
speakerphone target-arrow trash trophy upload user user-circle user-plus users video wifi-off world x
"""
FILLED_ICONS = "alert-triangle bookmark circle-check circle-x"


def unpack(package: str, version: str, folder: Path) -> Path:
    """Fetch one package with the npm client and return the folder of its files."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package}@{version}"]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = folder / package.replace("/", "-")
    with tarfile.open(folder / name) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def subset(source: Path, text: str) -> TTFont:
    """Keep the characters of `text`, kerning and ligatures; drop hints and every other feature."""
    options = Options(layout_features=["kern", "liga", "ccmp", "mark", "mkmk"], hinting=False, desubroutinize=True)
    options.name_IDs, options.notdef_outline = [1, 2, 13, 14], True
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    return font


def equal_width(font: TTFont) -> None:
    """Give every digit the median advance and centre it: the face has no tabular figures of its own."""
    metrics, outlines = font["hmtx"].metrics, font["glyf"]
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = sorted(metrics[name][0] for name in names)[len(names) // 2]
    for name in names:
        advance, bearing = metrics[name]
        shift = (width - advance) // 2
        glyph = outlines[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(outlines)
        metrics[name] = (width, bearing + shift)


def save(font: TTFont, name: str) -> None:
    """Write the font, compressed, where the sheets look for it; the same input gives the same bytes."""
    font.flavor, font.recalcTimestamp = "woff2", False
    font.save(STATIC / "fonts" / name)


def build_fonts(package: Path, scratch: Path) -> None:
    """Write two text faces and two faces of equal-width digits."""
    for weight in WEIGHTS:
        parts = []
        for script, text in (("latin", ASCII + VIETNAMESE + SIGNS), ("vietnamese", VIETNAMESE + SIGNS)):
            font = subset(package / "files" / f"be-vietnam-pro-{script}-{weight}-normal.woff2", text)
            font.flavor = None
            parts.append(scratch / f"{script}-{weight}.ttf")
            font.save(parts[-1])
        text_face = Merger().merge([str(part) for part in parts])
        text_face["head"].created = text_face["head"].modified = font["head"].modified
        save(text_face, f"text-{weight}.woff2")
        digits = subset(package / "files" / f"be-vietnam-pro-latin-{weight}-normal.woff2", "0123456789")
        for table in ("GPOS", "GSUB", "GDEF"):
            if table in digits:
                del digits[table]
        equal_width(digits)
        save(digits, f"num-{weight}.woff2")
    (STATIC / "fonts" / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


def symbol(source: Path, name: str, attributes: str) -> str:
    """Return one drawing as a symbol: its shapes without the invisible frame."""
    paths = re.findall(r'<path d="[^"]+" ?/>', source.read_text())
    return f'<symbol id="{name}" viewBox="0 0 24 24"{attributes}>{"".join(paths).replace(" />", "/>")}</symbol>'


def build_icons(package: Path) -> None:
    """Write one sprite; outline icons take their stroke from the page, filled ones carry their fill."""
    icons = package / "icons"
    symbols = [symbol(icons / "outline" / f"{name}.svg", name, "") for name in OUTLINE_ICONS.split()]
    filled = ' fill="currentColor" stroke="none"'
    symbols += [symbol(icons / "filled" / f"{name}.svg", f"{name}-filled", filled) for name in FILLED_ICONS.split()]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (STATIC / "img" / "icons.svg").write_text(sprite)
    (STATIC / "vendor" / "tabler-icons-LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


def write_versions() -> None:
    """List the versions and the SHA-256 of every file built here, so that a changed file is noticed."""
    files = [*sorted((STATIC / "fonts").glob("*.woff2")), STATIC / "img" / "icons.svg"]
    lines = [f"{package} {version}" for package, version in PACKAGES.items()]
    lines += [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(STATIC)}" for file in files]
    (STATIC / "vendor" / "VERSIONS").write_text("\n".join(lines) + "\n")


def main() -> None:
    """Fetch both packages and rebuild everything that comes from them."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        fonts, icons = (unpack(package, version, scratch) for package, version in PACKAGES.items())
        build_fonts(fonts, scratch)
        build_icons(icons)
    write_versions()


if __name__ == "__main__":
    main()
