"""Days one after the other as a moving picture: GIF or WebP, by Pillow, which matplotlib brings."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from geoline.dates import days_between
from geoline.export.print.card import card
from geoline.export.print.card_texts import card_texts
from geoline.situation import Chronology, english

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geoline.situation import TheatreAsKnown

__all__ = ["Frames", "animation"]

# Milliseconds that a day stands: usually, on a key date, and the last before it begins anew.
USUAL_MS, KEY_MS, LAST_MS = 500, 1600, 3000
KEY_DATE = 2


class Frames:
    """The cards of a span of days, drawn one by one as they are asked for.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    first, last
        Both included.
    """

    def __init__(self, as_known: TheatreAsKnown, first: date, last: date) -> None:
        self.as_known = as_known
        chronology, self._wording = Chronology(as_known), english(as_known)
        self._weightiest = chronology.weightiest()
        self._told = [chronology.on(day) for day in days_between(first, last)]

    @property
    def times(self) -> list[int]:
        """How long each stands, in milliseconds."""
        usual = [KEY_MS if told.weight >= KEY_DATE else USUAL_MS for told in self._told]
        return [*usual[:-1], LAST_MS]

    def __iter__(self) -> Iterator[Image.Image]:
        """Draw them in their order, RGB."""
        return map(self.draw, range(len(self._told)))

    def draw(self, number: int) -> Image.Image:
        """Draw one."""
        told = self._told[number]
        texts = card_texts(self.as_known, told, self._weightiest, self._wording)
        return Image.open(io.BytesIO(card(self.as_known, told.day, texts))).convert("RGB")


def animation(as_known: TheatreAsKnown, first: date, last: date, ending: str) -> bytes:
    """Draw the days from the first to the last, each with its sentence.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    first, last
        Both included.
    ending
        ".gif" or ".webp".
    """
    frames = Frames(as_known, first, last)
    drawn = iter(frames)
    if ending == ".gif":
        # One palette for all frames, so that colours do not flicker.
        palette = frames.draw(-1).quantize(colors=256)
        drawn = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    out = io.BytesIO()
    next(drawn).save(
        out,
        format=ending[1:].upper(),
        save_all=True,
        append_images=drawn,
        duration=frames.times,
        loop=0,
        **({"quality": 80} if ending == ".webp" else {"optimize": True}),
    )
    return out.getvalue()
