"""Results in a notebook: they show themselves, they explore, and the live map drives Python."""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pytest

import geoline.notebook

FOLDER = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
THEATRE = geoline.load_theatre(FOLDER)
DAY = THEATRE.on("2020-11-09")
CHANGES = THEATRE.changes("2020-11-06", "2020-11-25")
BUNDLED = geoline.load_theatre()
SHOWN: dict[str, Any] = {
    "theatre": THEATRE,
    "day": DAY,
    "changes": CHANGES,
    "resolution": BUNDLED.gazetteer.resolve("Maarata"),
    "unknown": THEATRE.gazetteer.resolve("Springfield"),
    "history": THEATRE.history("Shushi"),
    "place with no turn": THEATRE.history("barda"),
}


def _elements(html: str) -> list[ET.Element]:
    """Every element of a piece of HTML, which must be well-formed."""
    return list(ET.fromstring(f"<div>{html}</div>").iter())  # noqa: S314  (our own)


@pytest.mark.parametrize("name", SHOWN)
def test_results_show_themselves(name: str) -> None:
    """A cell would end in a wall of text, or in broken HTML that spoils the cells below it."""
    html = SHOWN[name]._repr_html_()
    if name == "changes":  # geopandas writes its own table
        html = html.split("<div>")[0]
    assert "<script" not in html
    assert {"table", "svg", "p"} & {element.tag for element in _elements(html)}


@pytest.mark.parametrize("name", SHOWN)
def test_results_print_in_a_line_or_a_table(name: str) -> None:
    """`print(theatre)` would pour the whole gazetteer over the terminal."""
    assert len(repr(SHOWN[name])) < 5_000


def test_what_is_shown_is_what_is_known() -> None:
    """The little map and its table would say something else than the day."""
    html = DAY._repr_html_()
    texts = [element.text for element in _elements(html) if element.text]
    km2 = dict(zip(DAY.areas.holder, DAY.areas.km2, strict=True))
    assert f"{km2['azerbaijan']:,.0f}" in texts
    drawn = [e for e in _elements(html) if e.tag.endswith("path") and e.get("fill") != "none"]
    assert {e.get("fill") for e in drawn} <= set(THEATRE.colors.values())
    assert len(drawn) == len(DAY.areas)
    assert "UNIAN" not in SHOWN["history"]._repr_html_()  # ids here, as in theatre.claims
    assert "azerbaijan-president" in SHOWN["history"]._repr_html_()


def test_hostile_texts_are_shown_as_text() -> None:
    """A name copied from a hostile page would run its script in the reader's notebook."""
    attack = "<img src=x onerror=alert(1)>"
    place = {"id": "x", "name": attack, "lat": 1.0, "lon": 1.0, "names": ["Saraqib"]}
    html = geoline.Gazetteer.from_records([place]).resolve("Saraqib")._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize(
    "name",
    ["claims", "places", "areas", "front", "band", "highways", "posts", "pockets", "changes"],
)
def test_tables_explore(name: str) -> None:
    """`.explore()` would stop at a day, a list or a place without a point."""
    pytest.importorskip("mapclassify")
    day = BUNDLED.on("2020-02-27")
    tables = {"claims": BUNDLED.claims, "changes": BUNDLED.changes("2020-02-20", "2020-02-27")}
    frame = tables[name] if name in tables else getattr(day, name)
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == "EPSG:4326"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # an empty table shows nothing
        page = frame.head(50).explore().get_root().render()
    days = [c for c in ("date", "since", "date_end", "established") if c in frame]
    for column in days:
        shown = str(frame[column].dropna().iloc[0])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", shown)
        assert shown in page
    assert len(page) > 5_000 or frame.empty


def test_ground_day_by_day() -> None:
    """A chart of the offensive would not add up to the maps of its days."""
    km2 = THEATRE.km2("2020-11-06", "2020-11-25")
    assert (len(km2), str(km2.index.dtype)) == (20, "period[D]")
    assert km2.loc["2020-11-09"].to_dict() == pytest.approx(
        dict(zip(DAY.areas.holder, DAY.areas.km2, strict=True))
    )
    assert np.allclose(km2.sum(axis=1), km2.sum(axis=1).iloc[0], rtol=1e-3)
    gained = km2["azerbaijan"].iloc[-1] - km2["azerbaijan"].iloc[0]
    moved = CHANGES.km2["azerbaijan"]
    assert gained == pytest.approx(moved["gained"] - moved["lost"], rel=0.02)
    with pytest.raises(geoline.RequestError, match="earlier day first"):
        THEATRE.km2("2020-11-25", "2020-11-06")


def test_history_by_any_spelling() -> None:
    """A notebook would need ids where a report has names."""
    turns = [(str(t.day), t.to_holder) for t in THEATRE.history("Madagiz").turns]
    assert turns == [
        ("2020-10-03", "azerbaijan"), ("2020-10-04", "armenian-forces"),
        ("2020-10-23", "azerbaijan"),
    ]  # fmt: skip
    with pytest.raises(geoline.RequestError, match="'Springfield' is unknown; try another"):
        THEATRE.history("Springfield")
    with pytest.raises(geoline.RequestError, match=r"'Maarata' is ambiguous; give one of maarata"):
        BUNDLED.history("Maarata")


def test_live_map_follows_and_is_followed() -> None:
    """The slider would not reach Python, or Python not the map."""
    pytest.importorskip("anywidget")
    from traitlets import TraitError  # noqa: PLC0415

    widget = THEATRE.widget("2020-11-06")
    assert widget.scene["places"]["shusha"][0] == "armenian-forces"
    assert len(widget.claims) == 0
    assert widget.told == []
    widget.day, widget.place = "2020-11-09", "shusha"
    assert widget.scene["day"] == "2020-11-09"
    assert widget.scene["places"]["shusha"][0] == widget.situation.spells["shusha"].holder
    claims = widget.claims
    spell = widget.situation.spells["shusha"]
    assert set(claims.claim_id[claims.says == "for"]) == set(spell.claims)
    assert set(claims.claim_id[claims.says == "against"]) == set(spell.against)
    assert [row[0] for row in widget.told] == [str(day or "") for day in claims.date_start]
    assert claims.crs == "EPSG:4326"
    with pytest.raises(TraitError, match="choose a day from 2020-09-27 to 2020-12-01"):
        widget.day = "2021-01-01"
    with pytest.raises(TraitError, match="is not a day; write it as YYYY-MM-DD"):
        widget.day = "tomorrow"
    with pytest.raises(TraitError, match="no 'atlantis' on the map"):
        widget.place = "atlantis"
    assert (widget.day, widget.place) == ("2020-11-09", "shusha")


def test_live_map_of_an_evening_knows_no_more() -> None:
    """The map of an evening would show claims that were made only later."""
    pytest.importorskip("anywidget")
    widget = THEATRE.widget("2020-11-08", known="2020-11-08")
    widget.place = "shusha"
    assert widget.situation.spells["shusha"].holder == "armenian-forces"
    assert set(widget.claims.claim_id) == {"krb-025", "krb-026", "krb-027"}


def test_live_map_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anywidget a reader would be left with an ImportError."""
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "geoline.notebook.live_map", raising=False)
    monkeypatch.delitem(vars(geoline.notebook), "MapWidget", raising=False)
    with pytest.raises(geoline.RequestError, match=r"pip install 'geoline\[jupyter\]'"):
        THEATRE.widget()
