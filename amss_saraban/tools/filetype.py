# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a file really is, told by its content and never by its name.

Pure functions, no database. The types are those of the AMSS++ form (S2) and PNG.
"""

import io
import zipfile
from pathlib import PurePath

import magic
import olefile

#: extension of the type -> names that such a file may have
KNOWN_TYPES = {
    "pdf": ("pdf",),
    "doc": ("doc",),
    "docx": ("docx",),
    "xls": ("xls",),
    "xlsx": ("xlsx",),
    "gif": ("gif",),
    "jpg": ("jpg", "jpeg", "jpe"),
    "png": ("png",),
    "zip": ("zip",),
    "rar": ("rar",),
}
#: the media type under which a file of that type is stored and served
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
    "rar": "application/x-rar",
}
_BY_MAGIC = {
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/x-rar": "rar",
    "application/vnd.rar": "rar",
    "application/x-rar-compressed": "rar",
}
_SIGNATURES = {
    b"%PDF-": "pdf",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"Rar!\x1a\x07": "rar",
}


def sniff(content):
    """Return the extension of the known type that ``content`` is, else ``None``.

    :param bytes content: the whole file
    :return: a key of ``KNOWN_TYPES`` or ``None`` (unknown, empty or damaged)
    """
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            found = magic.from_buffer(content[:4096], mime=True)
            return kind if _BY_MAGIC.get(found) == kind else None
    if content.startswith(b"PK"):
        return _sniff_zip(content)
    if content.startswith(olefile.MAGIC):
        return _sniff_ole(content)
    return None


def extension(name):
    """Return the extension of a file name, lower case, without the dot."""
    return PurePath(name or "").suffix.lower().lstrip(".")


def name_fits(name, kind):
    """Tell whether a file of type ``kind`` may be called ``name``."""
    return extension(name) in KNOWN_TYPES[kind]


def short_name(name, limit=200):
    """Return ``name`` cut to ``limit`` bytes of UTF-8, its extension kept.

    File systems refuse names over 255 bytes; a Thai letter takes three.
    """
    name = "".join(" " if ord(c) < 32 or c in '/\\:*?"<>|' else c for c in name or "")
    name = name.strip(" .") or "file"
    if len(name.encode()) <= limit:
        return name
    suffix = PurePath(name).suffix[:10]
    stem = name.removesuffix(suffix).encode()[: limit - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip() + suffix


def _sniff_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        return None
    return "zip"


def _sniff_ole(content):
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            if compound.exists("WordDocument"):
                return "doc"
            if compound.exists("Workbook") or compound.exists("Book"):
                return "xls"
    except (OSError, ValueError, IndexError):
        return None
    return None
