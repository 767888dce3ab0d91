"""What a printed map can write: shapes of letters, directions, and names in letters it lacks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from geoline import load_theatre
from geoline.export.print import letters
from geoline.export.print.letters import directed, name_of, printable, styled, unwritten
from geoline.export.write import write_export
from geoline.gazetteer import Place
from tests.theatres.small import CAPTURED, TOWNS, small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

DAY = date(2024, 5, 2)


def ink(text: str) -> npt.NDArray[np.bool_]:
    """Draw a text; where there is ink, without the paper around it."""
    figure = Figure(figsize=(6, 1), dpi=100)
    figure.text(0.02, 0.4, text, fontsize=24, family=letters.FONT, parse_math=False)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    dark = np.asarray(canvas.buffer_rgba())[..., 0] < 128  # type: ignore[no-untyped-call]
    shown: npt.NDArray[np.bool_] = dark[np.ix_(dark.any(axis=1), dark.any(axis=0))]
    return shown


def test_arabic_is_joined_and_runs_from_the_right() -> None:
    """A name in Arabic stands in the wrong order, in letters that do not join."""
    name = "حلب"
    parted = "\u200c".join(name)  # letters that may not join are wider
    assert ink(name).shape[1] < ink(parted).shape[1]
    alif = "ا" * 3
    first, last = ink(f"{alif} س"), ink(f"س {alif}")
    # Three strokes: in the first on the right, where Arabic begins to read.
    right = first[:, first.shape[1] // 2 :].sum() / first.sum()
    assert right == pytest.approx(last[:, : last.shape[1] // 2].sum() / last.sum(), abs=0.08)
    # A line of English that begins with an Arabic name begins on the left all the same.
    line, plain = ink(directed("حلب: North")), ink("حلب: North")
    assert plain.shape[1] == pytest.approx(line.shape[1], abs=4)
    assert plain[:, :15].sum() != line[:, :15].sum(), "without the sign it would begin with North"


def test_slanted_names_have_letters() -> None:
    """The villages of an Arabic theatre are boxes."""
    slanted = {"fontsize": 6.2, "fontstyle": "italic"}
    assert styled("Mellit", slanted) == slanted
    assert styled("مليط", slanted) == {"fontsize": 6.2, "fontstyle": "normal"}


def test_a_name_without_letters_is_said_otherwise() -> None:
    """A town of Burma is "mntle", where a list has "Mandalay"."""
    town = Place(id="m", name="မန္တလေး", lat=0, lon=0, names=("Мандалай", "Mandalay"))
    if "Myanmar" not in unwritten([town.name]):
        pytest.skip("a font of this machine has Burmese letters")
    assert name_of(town) == "Мандалай"
    assert name_of(Place(id="m", name="မန္တလေး", lat=0, lon=0)) == "မန္တလေး"
    assert printable("မန္တလေး").isascii()
    assert unwritten(["Aleppo حلب", "Шуша", "Շուշի", "მესტია"]) == []


def test_letters_of_a_font_that_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who installed a font for their letters still gets Latin ones."""
    # matplotlib brings one that has letters which DejaVu lacks.
    name, letter = "STIXGeneral", "\u21b0"
    monkeypatch.setattr(letters, "OTHER_FONTS", ("No Such Font", name))
    monkeypatch.setattr(letters, "FONT", "cmr10")  # no letters but Latin
    kept = (letters.fonts, letters.printable, letters.has_letter)
    for one in kept:
        one.cache_clear()
    try:
        assert name in {entry.name for entry in fontManager.ttflist}
        assert letters.fonts() == ("cmr10", name)
        assert printable(letter) == letter
        assert unwritten([letter, "မ"]) == ["Myanmar"]
    finally:
        for one in kept:
            one.cache_clear()


@pytest.mark.parametrize("ending", [".svg", ".pdf"])
def test_the_map_says_what_it_could_not_write(tmp_path: Path, ending: str) -> None:
    """A name stands in other letters than the report's, and nobody is told why."""
    names = ["မန္တလေး", "مليط", "Кутум", "Nyala"]
    if "Myanmar" not in unwritten(names):
        pytest.skip("a font of this machine has Burmese letters")
    towns = [
        (key, name, lat, lon, holder)
        for (key, _, lat, lon, holder), name in zip(TOWNS, names, strict=True)
    ]
    claims = [{**CAPTURED, "place": names[1]}]
    folder = small_theatre(tmp_path / "t", towns=towns, claims=claims)
    path = tmp_path / f"day{ending}"
    write_export(path, load_theatre(folder).as_known(), DAY, DAY)
    if ending == ".svg":
        text = path.read_text(encoding="utf-8")
        assert "No font at hand has Myanmar letters" in text
        assert "မ" not in text
    assert path.stat().st_size > 10_000
