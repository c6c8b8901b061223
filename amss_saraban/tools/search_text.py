# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is typed into the search box, and the texts it is looked for in, made alike.

Pure functions, no database. ``norm`` and ``skeleton`` say the same as the functions
of the database in ``search_sql``; a test holds them together.
"""

import re
from collections import namedtuple

from .number_format import CIRCULAR_MARK

#: a letter number as it is on paper or typed in haste: ``ที่ ศธ 04049/508``
LETTER_NUMBER = re.compile(
    r"(?<!\S)(?:ที่ ?)?([ก-ฮ]{1,4}\.?) ?([\d.]+(?:\([^()\s]*\))?)/(ว? ?)(\d+)(?!\S)"
)
#: a line of a book as it is spoken of: ``508`` or ``508/2569``
LINE_NUMBER = re.compile(r"(\d{1,7})(?:/(\d{4}))?")
#: what was typed between quotation marks is one term
QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|(\S+)")

#: characters of fonts' private use by which PDF files draw marks in another place and
#: letters without their foot (U+F700–F71A), and which characters they are
PRIVATE = "".join(map(chr, range(0xF700, 0xF71B)))
DRAWN = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
#: characters that no reader sees
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
BLANKS = "\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: vowels above and below and tone marks; NIKHAHIT (U+0E4D) is half of SARA AM
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4c\u0e4e"
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_BLANKS = re.compile(f"[{BLANKS}]+")
_NIKHAHIT_FIRST = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TONE_FIRST = re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32")
_DROPPED = re.compile(f"[{MARKS}{BLANKS}{UNSEEN}]")
#: of private use those that are marks; U+F700 and U+F70F are letters, U+F711 NIKHAHIT
_DRAWN_MARKS = {p for p, c in zip(PRIVATE, DRAWN, strict=True) if _DROPPED.match(c)}
_DROPS = _DRAWN_MARKS.union(_DROPPED.findall("".join(map(chr, range(0x10000)))))
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙" + PRIVATE, "0123456789" + DRAWN)
_PRIVATE = str.maketrans(PRIVATE, DRAWN)

#: between the texts of one letter; nobody types it
SEPARATOR = "\x1f"
#: from how many characters on an index of trigrams helps, and a skeleton tells words
#: apart: ครู and โครงการ share a shorter one
INDEXED = 3
#: so many words of what was typed are looked for
MOST_TERMS = 8
MOST_TYPED = 400

#: one thing to look for: ``ways`` of writing it, each as ``(norm, skeleton)``
Term = namedtuple("Term", ["text", "ways"])


def _lower(text):
    """Return a text in small letters, Arabic digits and no character of private use.

    Character for character, as in the database.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := c.lower()) == 1 else c for c in text)
    return low.translate(_ARABIC)


def norm(text):
    """Return a text as exact hits are told: how it was typed makes no difference.

    Digits are Arabic, SARA AM is one character, letters are small, blanks single.
    """
    text = _UNSEEN.sub("", _lower(text or ""))
    text = text.replace("เเ", "แ")
    text = _TONE_FIRST.sub("\\1\u0e33", _NIKHAHIT_FIRST.sub("\\1\u0e33", text))
    return _BLANKS.sub(" ", text)


def skeleton(text):
    """Return what is left of a text after a PDF file has mangled it.

    ำ, ํ and า are one; vowels above and below, tone marks, blanks and invisible
    characters are gone.
    """
    text = _DROPPED.sub("", _lower(text or ""))
    return _one_aa(text)


def _one_aa(text):
    text = text.replace("\u0e4d\u0e32", "\u0e32").replace("\u0e4d", "\u0e32")
    return text.replace("\u0e33", "\u0e32").replace("เเ", "แ")


def terms(text):
    """Return what to look for: words, quoted phrases and letter numbers.

    A letter number is one term though it has a blank, and is found whether or not ว
    is typed: nobody remembers which of their letters were circulars.

    :param str text: as typed, such as ``ที่ ศธ ๐๔๐๔๙/๕๐๘ "ขอเชิญ ประชุม"``
    :return: list of :class:`Term`, empty when nothing was typed
    """
    text = norm((text or "")[:MOST_TYPED].replace(SEPARATOR, " ")).strip()
    found = []
    while match := LETTER_NUMBER.search(text):
        letters, prefix, mark, number = match.groups()
        marks = [mark.strip()] if mark else ["", CIRCULAR_MARK]
        found.append(_term(*(f"{letters} {prefix}/{one}{number}" for one in marks)))
        text = f"{text[: match.start()]} {text[match.end() :]}"
    for quoted, word in QUOTED.findall(text):
        found.append(_term((quoted or word).strip()))
    distinct = {term.text: term for term in found if term.ways}
    return list(distinct.values())[:MOST_TERMS]


def phrase(text):
    """Return all that was typed as one term, or ``None`` if it is one anyway."""
    parts = terms(text)
    whole = norm((text or "")[:MOST_TYPED].replace(SEPARATOR, " "))
    return _term(whole.replace('"', "").strip()) if len(parts) > 1 else None


def _term(*texts):
    ways = [(one, skeleton(one)) for one in texts]
    return Term(texts[0], [way for way in ways if way[1]])


def letter_number(text):
    """Return the letter number that is all of what was typed, or ``None``."""
    text = norm((text or "")[:MOST_TYPED]).strip()
    return terms(text)[0] if LETTER_NUMBER.fullmatch(text) else None


def line_number(text):
    """Return ``(number, year)`` of a line of a book if that is what was typed.

    :return: the year is 0 if only a number was typed; ``None`` for other texts
    """
    match = LINE_NUMBER.fullmatch((text or "").strip().translate(_ARABIC))
    return match and (int(match[1]), int(match[2] or 0))


def register_number(text):
    """Return the register number that was typed, or ``None``."""
    line = line_number(text)
    return line[0] if line and not line[1] else None


# ----------------------------------------------------------------------
# Where it was found
# ----------------------------------------------------------------------
def _spans(text, wanted):
    """Return the places in ``text`` whose skeletons are ``wanted``, in order."""
    kept = [index for index, c in enumerate(text) if c not in _DROPS]
    bones = _lower("".join([text[index] for index in kept]))
    # one character each, so that places are kept
    bones = re.sub("\u0e4d\u0e32", "\u0e32\0", bones).replace("\u0e4d", "\u0e32")
    bones = bones.replace("\u0e33", "\u0e32").replace("เเ", "แ\0")
    pattern = "\0?".join(map(re.escape, wanted))
    for match in re.finditer(pattern, bones):
        start, last = match.start(), match.end() - 1
        while last + 1 < len(bones) and bones[last + 1] == "\0":
            last += 1
        stop = kept[last + 1] if last + 1 < len(kept) else len(text)
        yield kept[start], kept[start] + len(text[kept[start] : stop].rstrip())


def places(text, term, most=20):
    """Return where a text says this: list of ``(start, stop, exact)``, in order.

    :param str text: as it is kept
    :param term: a :class:`Term`
    """
    found = {}
    for way in term.ways:
        for start, stop in _spans(text or "", way[1]):
            piece = text[start:stop]
            exact = way[0] in norm(piece)
            if exact or len(way[1]) >= INDEXED:
                found[start] = (start, stop, exact)
            if len(found) >= most:
                break
    return sorted(found.values())


def pieces(text, found, start=0, stop=None):
    """Cut a text into pieces that say whether they were looked for.

    :param list found: as of :func:`places`, of all terms
    :return: list of ``[text, looked for]``
    """
    stop = len(text) if stop is None else stop
    cut, at = [], start
    for first, last, *_exact in sorted(found):
        first, last = max(first, at), min(last, stop)
        if first >= last:
            continue
        cut += [[text[at:first], False]] if first > at else []
        cut.append([text[first:last], True])
        at = last
    return cut + ([[text[at:stop], False]] if at < stop else [])


def snippet(text, found, around=60):
    """Return the pieces around the best place of a long text.

    :param list found: as of :func:`places`, at least one
    """
    first, last, *_exact = next((p for p in found if p[2]), found[0])
    start, stop = max(0, first - around), min(len(text), last + around)
    # not in the middle of a character with its marks
    while start and re.match(f"[{MARKS}\u0e4d\u0e33]", text[start]):
        start -= 1
    while stop < len(text) and re.match(f"[{MARKS}\u0e4d\u0e33]", text[stop]):
        stop += 1
    cut = pieces(text, found, start, stop)
    # so that it can be read
    cut = [[_BLANKS.sub(" ", piece.translate(_PRIVATE)), hit] for piece, hit in cut]
    dots = [["…", False]]
    return dots * (start > 0) + cut + dots * (stop < len(text))
