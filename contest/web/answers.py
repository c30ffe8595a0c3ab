"""Where the controls of a question stand in a page, and how their fields are called."""

import re
from collections.abc import Sequence

from markupsafe import Markup

_GAP = re.compile(r"\[\[(\d{1,2})\]\]")


def part_name(name: str, place: int, count: int) -> str:
    """The name of the control at this place, from 0: a question with one control gives it its own name."""
    return name if count == 1 else f"{name}-{place + 1}"


def with_gaps(text: Markup, controls: Sequence[Markup]) -> Markup:
    """The text with each control in place of its gap: `[[1]]` is the first. A gap that has none stays as it is."""

    def control(gap: re.Match[str]) -> str:
        place = int(gap[1]) - 1
        return controls[place] if 0 <= place < len(controls) else gap[0]

    return Markup(_GAP.sub(control, text))  # noqa: S704 - both parts are markup
