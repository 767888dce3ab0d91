"""Days one after the other as a moving picture: GIF or WebP, by Pillow, which matplotlib brings."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from geoline.dates import days_between, long_day
from geoline.export.print.card import card
from geoline.situation import Chronology, day_sentence, english

if TYPE_CHECKING:
    from datetime import date

    from geoline.situation import TheatreAsKnown

__all__ = ["animation"]

# Milliseconds that a day stands: usually, on a key date, and the last before it begins anew.
USUAL_MS, KEY_MS, LAST_MS = 500, 1600, 3000
KEY_DATE = 2
# Names on each frame: of the day, and of the weightiest places, so that readers know where it is.
DAY_NAMES, OTHER_NAMES = 3, 7
SIZE = (1200, 630)


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
    theatre = as_known.theatre
    chronology, wording = Chronology(as_known), english(as_known)
    west, south, east, north = theatre.view
    places = [theatre.gazetteer[key] for key in chronology.weights]
    seen = [p for p in places if west < p.lon < east and south < p.lat < north]
    large = sorted(seen, key=lambda place: -chronology.weights[place.id])[:OTHER_NAMES]
    frames, times = [], []
    for day in days_between(first, last):
        told = chronology.on(day)
        taken = [place for one in told.taken for place in one.places][:DAY_NAMES]
        drawn = card(
            as_known,
            day,
            title=theatre.name,
            when=long_day(day),
            told=day_sentence(told, wording),
            below=" ".join(theatre.note.split()),
            named=(*taken, *(place for place in large if place not in taken)),
        )
        frames.append(Image.open(io.BytesIO(drawn)).convert("RGB").resize(SIZE))
        times.append(KEY_MS if told.weight >= KEY_DATE else USUAL_MS)
    times[-1] = LAST_MS
    if ending == ".gif":
        # One palette for all frames, so that colours do not flicker.
        palette = frames[-1].quantize(colors=256)
        frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    out = io.BytesIO()
    frames[0].save(
        out,
        format=ending[1:].upper(),
        save_all=True,
        append_images=frames[1:],
        duration=times,
        loop=0,
        **({"quality": 80} if ending == ".webp" else {"optimize": True}),
    )
    return out.getvalue()
