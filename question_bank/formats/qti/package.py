"""A QTI package: a zip with a manifest that names its questions, pictures and sounds.

Nothing outside of the zip is ever asked for, whatever an address says.
"""

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from question_bank.formats import archive
from question_bank.formats.base import MOST_QUESTIONS, UnusableFile
from question_bank.formats.qti.metadata import Metadata, bank_facts, metadata_of
from question_bank.formats.qti.xml import MOST_ELEMENTS, Node, TreeBuilder, is_piled
from question_bank.formats.xml import walk

MANIFEST = "imsmanifest.xml"
NOT_QTI = "not_qti"
_MOST_MANIFEST_MB = 20
"""Several times what the largest bank needs."""

_READ = re.compile(r"\.(?:xml|qti|png|jpe?g|gif|webp|bmp|svg|mp3|m4a|mp4|ogg|oga|opus|wav|aac|flac)$", re.IGNORECASE)
_ITEM = re.compile(r"imsqti_(?:item|apipitem)_xmlv[23]p\d", re.IGNORECASE)
_TEST = re.compile(r"imsqti_(?:test|assessment|section)_xmlv[23]p\d", re.IGNORECASE)
_EARLIER = re.compile(r"imsqti_xmlv1p|imsqti_(?:item|test)_xmlv1p", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A file with a question: its place in the package, and what the manifest says of it."""

    path: str
    metadata: Metadata


@dataclass(slots=True)
class Package:
    """What the manifest names. `has_test` says that it also arranges questions into a test."""

    items: list[ItemFile] = field(default_factory=list)
    title: str = ""
    as_of: date | None = None
    has_test: bool = False
    _parts: dict[str, bytes] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        """Return the content of a part of the package; None when it has none of this name."""
        return self._parts.get(_folded(path))

    def near(self, path: str, address: str) -> str:
        """Return the place that an address in a part means; empty for one outside of the package."""
        return _joined(posixpath.dirname(path), address)


def opened(content: bytes) -> Package:
    """Return what a package holds.

    Of more questions than a file may hold all but one are left out. Raises UnusableFile: not_qti, qti_earlier,
    unpacks_large.
    """
    parts = archive.unpacked(content, lambda name: bool(_READ.search(name)), NOT_QTI)
    by_name = {_folded(_mended(name)): part for name, part in parts.items()}
    manifests = sorted(
        (name for name in by_name if posixpath.basename(name) == MANIFEST), key=lambda name: name.count("/")
    )
    if not manifests:
        raise UnusableFile(NOT_QTI)
    if len(by_name[manifests[0]]) > _MOST_MANIFEST_MB * 1_000_000:
        raise UnusableFile("unpacks_large", {"most": _MOST_MANIFEST_MB})
    resources = _Resources(posixpath.dirname(manifests[0]))
    walk(by_name[manifests[0]], resources, NOT_QTI)
    if is_piled(resources.root.all_text()):
        raise UnusableFile(NOT_QTI)
    package = resources.package
    package.title, package.as_of = bank_facts(resources.root.first("metadata") or Node(""))
    package._parts = by_name  # noqa: SLF001 - made here
    if not package.items and resources.has_earlier:
        raise UnusableFile("qti_earlier")
    return package


class _Resources(TreeBuilder):
    """Hears a manifest and keeps of each resource what is needed: a large bank has thousands."""

    def __init__(self, folder: str) -> None:
        super().__init__(MOST_ELEMENTS)
        self.package = Package()
        self.has_earlier = False
        self._folder = folder
        self._seen: set[str] = set()

    def end(self, name: str) -> None:
        found = self.open[-1]
        super().end(name)
        if found.name == "resource" and self.open[-1].name == "resources":
            self._keep(found)
        elif found.name != "item":
            return
        self.open[-1].children.clear()
        self.left = self.most

    def _keep(self, resource: Node) -> None:
        if is_piled(resource.all_text()):
            raise ValueError
        sort = resource.get("type")
        self.package.has_test = self.package.has_test or bool(_TEST.match(sort))
        self.has_earlier = self.has_earlier or bool(_EARLIER.match(sort))
        if not _ITEM.match(sort) or len(self.package.items) > MOST_QUESTIONS:
            return
        file = resource.first("file") or Node("")
        folder = self._folder
        for element in (*self.open, resource):
            folder = _joined(folder, element.get("base")) or folder
        address = resource.get("href") or file.get("href")
        path = _joined(folder, address) or address
        if path not in self._seen:
            self._seen.add(path)
            self.package.items.append(ItemFile(path, metadata_of(resource)))


def _joined(folder: str, address: str) -> str:
    """Return the place of an address seen from a folder; empty where it leads outside."""
    if not address or _SCHEME.match(address) or address.startswith("/"):
        return ""
    plain = unquote(re.split("[?#]", address)[0]).replace("\\", "/")
    path = posixpath.normpath(posixpath.join(folder, plain))
    return "" if path in {".", ".."} or path.startswith(("../", "/")) else path


def _folded(name: str) -> str:
    """Names differ between systems in their slashes, letter forms and capitals."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def _mended(name: str) -> str:
    """A name in UTF-8 that its zip doesn't call so is read as one of the first PCs."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
