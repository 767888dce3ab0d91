"""The card of a day: nothing is cut, nothing lies on another, in any language."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from geoline import load_theatre
from geoline.export.print import card as drawing
from geoline.export.print.card_texts import card_texts
from geoline.page import wording_of
from geoline.situation import Chronology

if TYPE_CHECKING:
    from geoline.situation import TheatreAsKnown
    from geoline.theatre import Theatre

KARABAKH = "tests/theatres/karabakh-2020"


def texts_of(card: Figure) -> list[tuple[str, Any]]:
    """Give what is written on a card, each with its box in pixels."""
    renderer = card.canvas.get_renderer()  # type: ignore[attr-defined]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in card.texts]


def drawn(
    as_known: TheatreAsKnown, day: date, language: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[bytes, list[tuple[str, Any]]]:
    """Draw a card; the picture, and what is written on it."""
    made: list[Figure] = []

    def kept(*given: Any, **named: Any) -> Figure:  # noqa: ANN401
        made.append(Figure(*given, **named))
        return made[-1]

    chronology = Chronology(as_known)
    told, wording = chronology.on(day), wording_of(as_known, language)
    texts = card_texts(as_known, told, chronology.weightiest(), wording)
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "Figure", kept)
        picture = drawing.card(as_known, day, texts)
    return picture, texts_of(made[0])


@pytest.mark.parametrize(
    ("theatre", "day", "language"),
    [
        ("", date(2020, 3, 2), "en"),  # the longest sentences
        ("", date(2020, 3, 2), "ar"),
        ("", date(2020, 3, 2), "ru"),
        (KARABAKH, date(2020, 11, 8), "en"),
    ],
    ids=["english", "arabic", "russian", "karabakh"],
)
def test_nothing_is_cut_or_covered(
    bundled_theatre: Theatre,
    theatre: str,
    day: date,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A link's picture shows half a word, a name on a name, or a text that runs into the map."""
    as_known = (load_theatre(theatre) if theatre else bundled_theatre).as_known()
    picture, written = drawn(as_known, day, language, monkeypatch)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (1200, 630)
        assert len(np.unique(np.asarray(image.convert("L")))) > 50
    rtl = language == "ar"
    column = [box for _, box in written if (box.x0 > 720 if rtl else box.x1 < 480)]
    names = [box for _, box in written if not (box.x0 > 720 if rtl else box.x1 < 480)]
    assert len(names) > 8
    edge = (720, 1200) if rtl else (0, 480)
    assert all(edge[0] + 20 < box.x0 and box.x1 < edge[1] - 20 for box in column)
    boxes = [box for _, box in written]
    assert all(box.y0 > 0 and box.y1 < 630 for box in boxes)
    for number, box in enumerate(names):
        assert not any(box.overlaps(other) for other in names[number + 1 :])
    # Lines follow each other: letters may reach into the line above, never to its middle.
    middles = sorted((box.y0 + box.y1) / 2 for box in column)
    assert min(np.diff(middles)) > 8
    said = " ".join(text for text, _ in written)
    title = as_known.theatre.name_ar if rtl else as_known.theatre.name
    assert title in said
    assert ("كم²" if rtl else "км²" if language == "ru" else "km²") in said


def test_what_is_too_long_ends_with_a_sentence(
    bundled_theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence of the day stops in the midst of a word, and says something else."""
    monkeypatch.setattr(drawing, "TOLD", (24.0,))
    _, written = drawn(bundled_theatre.as_known(), date(2020, 3, 2), "en", monkeypatch)
    text = " ".join(text for text, _ in written)
    assert "and 2 more. The M5 is open to Syrian government from end to end. …" in text
    assert "Sufuhun and Kukaba, by its own word" not in text


def test_large_places_are_chosen_by_one_rule(bundled_theatre: Theatre) -> None:
    """The cards of a site and the frames of a film name different towns."""
    as_known = bundled_theatre.as_known()
    chronology = Chronology(as_known)
    found = chronology.weightiest()
    assert {"Aleppo", "Idlib"} <= {place.name for place in found[:8]}
    weights = [chronology.weights[place.id] for place in found]
    assert weights == sorted(weights, reverse=True)
    west, south, east, north = as_known.theatre.view
    assert all(west < p.lon < east and south < p.lat < north for p in found)
