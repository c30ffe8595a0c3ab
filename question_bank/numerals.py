"""Numbers as people type them in Vietnam: 1234,5 and 1.234,5 and 1 234,5, but also 1234.5 and 1,234.5.

A comma is the decimal mark and a dot sets thousands apart, but keyboards, calculators and other countries have it the
other way round, and phones offer only one of the two. So both are read as either. Only one comma or dot before exactly
three digits can mean two numbers, as in 1.234; `numbers_in` gives both then.
"""

import re
from fractions import Fraction

MOST_CHARACTERS = 40
"""Of a typed number with its unit: enough for thirty digits, and few enough for exact fractions to stay cheap."""

MINUS = "−–‐‑-"
_NUMERAL = re.compile(rf"([+{MINUS}]?)\s*([0-9.,](?:[0-9.,\s]*[0-9.,])?)")
_GROUPED = {mark: re.compile(rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+") for mark in (r"\.", ",", r"\s")}
_DIGITS = re.compile(r"[0-9]*")
_MOST_PLACES = 200


def split_numeral(text: str) -> tuple[str, str]:
    """Return the number at the start of a text, empty when there is none, and what comes after it."""
    found = _NUMERAL.match(text.strip())
    return (found[0], text.strip()[found.end() :].strip()) if found else ("", text.strip())


def numbers_in(text: str) -> tuple[Fraction, ...]:
    """Return what the text may mean as a number: nothing, one number, or two where a mark can be read in two ways.

    Exact, and never from more than `MOST_CHARACTERS`. The number of Vietnam's own spelling comes first.
    """
    found = _NUMERAL.fullmatch(text.strip()) if len(text) <= MOST_CHARACTERS else None
    if found is None:
        return ()
    sign, body = -1 if found[1] and found[1] in MINUS else 1, found[2].rstrip(".,")  # as at the end of a sentence
    readings = [_joined(body, decimal_mark) for decimal_mark in (",", ".")]
    unlike = dict.fromkeys(reading for reading in readings if reading is not None)
    return tuple(sign * each for each in unlike)


def _joined(body: str, decimal_mark: str) -> Fraction | None:
    """Read with this decimal mark; the other mark, or spaces, may set thousands apart."""
    whole, _, part = body.partition(decimal_mark)
    grouping = r"\." if decimal_mark == "," else ","
    if not _DIGITS.fullmatch(part) or not (whole or part):
        return None
    if not _DIGITS.fullmatch(whole):
        if whole.startswith("0") or not any(_GROUPED[mark].fullmatch(whole) for mark in (grouping, r"\s")):
            return None
        whole = re.sub(r"[.,\s]", "", whole)
    return Fraction(int(whole + part), 10 ** len(part))


def decimal_text(number: Fraction, mark: str) -> str:
    """Return a number whose decimals, after this mark, have an end."""
    places = next(count for count in range(_MOST_PLACES) if number * 10**count % 1 == 0)
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if number < 0 else "") + whole + (mark + part if part else "")
