"""What newsrooms take from the page: the frame, the print sheet, links to tell of errors, data."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geoline import load_theatre
from geoline.export import claim_table, write_export
from geoline.page.html_page import page_html, write_page
from tests.theatres.small import CAPTURED, TOWNS, small_theatre

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.theatre import Theatre

KARABAKH = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
# Papers, across, in points: PDF's own unit.
PAPERS = {"A4": (843, 596), "A3": (1191, 843), "Letter": (792, 612)}


@pytest.fixture(scope="module")
def bundled_page(bundled_theatre: Theatre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled theatre's page."""
    path = tmp_path_factory.mktemp("published") / "map.html"
    bundled_theatre.write_map(path)
    return path


def test_the_frame_is_told_its_height(
    made_up_page: Path,
    tmp_path: Path,
    browser: Any,  # noqa: ANN401  (playwright's Browser)
) -> None:
    """A map in an article is cut off, or leaves a hole, on phones and when they are turned."""
    around = tmp_path / "article.html"
    source = f"{made_up_page.resolve().as_uri()}#embed=1"
    around.write_text(
        f'<!doctype html><body style="margin:0"><iframe src="{source}" width="900" height="300">'
        "</iframe><script>window.told = []; addEventListener('message', ({ data }) => "
        "{ if (data?.type === 'geoline:height') window.told.push(data.height); });</script>",
        encoding="utf-8",
    )
    tab = browser.new_page(viewport={"width": 1000, "height": 900})

    def told(count: int) -> list[int]:
        for _ in range(500):
            heights: list[int] = tab.evaluate("window.told")
            if len(heights) >= count:
                return heights
            tab.wait_for_timeout(20)
        pytest.fail(f"{count} heights were not told: {tab.evaluate('window.told')}")

    tab.goto(around.resolve().as_uri())
    assert told(1) == [558]
    for wide, high in ((600, 900), (320, 480), (1400, 868)):
        so_far = len(told(1))
        tab.evaluate("(wide) => { document.querySelector('iframe').width = wide; }", wide)
        assert told(so_far + 1)[-1] == high
    tab.close()


@pytest.mark.parametrize(
    ("report", "starts", "says"),
    [
        ("errors@example.org", "mailto:errors@example.org?subject=", "Khan%20Tuman"),
        ("https://example.org/issues/new?labels=map", "https://example.org/issues/new?", "labels"),
        ("javascript:alert(1)", "", ""),
        ("", "", ""),
    ],
    ids=["mail", "issue", "hostile", "none"],
)
def test_telling_of_an_error(  # noqa: PLR0913, PLR0917  (fixtures, and a row of the table)
    made_up_payload: dict[str, Any],
    tmp_path: Path,
    open_page: Callable[..., Any],
    report: str,
    starts: str,
    says: str,
) -> None:
    """Who finds an error cannot tell of it, tells of no place, or runs a script."""
    payload = made_up_payload | {"report": report}
    place = {**payload["places"][3], "name": "Khan Tuman"}
    payload["places"] = [*payload["places"][:3], place, *payload["places"][4:]]
    write_page(page_html(payload), tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", f"#day={payload['days'][4]}&place={place['id']}")
    links = opened.tab.locator("#selection .report a")
    assert links.count() == (1 if starts else 0)
    if starts:
        href = links.get_attribute("href")
        assert href.startswith(starts)
        assert says in href
        assert payload["days"][4] in href
        assert "noopener" in links.get_attribute("rel")
    assert opened.troubles == []


def pages_of(paper: bytes) -> list[tuple[int, int]]:
    """Give the sizes of the pages of a PDF, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", paper)
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]


# What lies outside of what, on paper: boxes of elements in pixels of CSS, as the sheet has them.
LAID_OUT = """() => {
  const box = (id) => {
    const { left, top, right, bottom } = document.getElementById(id).getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const legend = document.getElementById("legend");
  const cut = [...document.querySelectorAll("#legend, #legend-body, #numbers, #paper, #paper li")]
    .filter((it) => it.scrollHeight > it.clientHeight + 2)
    .filter((it) => getComputedStyle(it).overflow !== "visible").map((it) => it.id);
  return { map: box("map"), legend: box("legend"), frame: box("frame"), body: box("legend-body"),
           numbers: box("numbers"), title: box("title"), cut,
           text: document.getElementById("paper").innerText };
}"""


@pytest.mark.parametrize(
    ("theatre", "fragment", "said"),
    [
        ("", "#day=2020-03-02", ["10 places changed hands", "Saraqib: Opposition", "How to cite"]),
        ("", "#day=2020-03-02&lang=ar", ["كيف يُستشهد بها", "سراقب"]),
        ("", "#day=2020-02-06&with=2020-01-28", ["places changed hands", "Between 28 January"]),
        (str(KARABAKH), "#day=2020-11-08", ["Shusha", "How to cite", "10 November 2020"]),
    ],
    ids=["longest", "arabic", "two-days", "karabakh"],
)
def test_the_print_sheet(  # noqa: PLR0913, PLR0917  (fixtures, and a row of the table)
    bundled_page: Path,
    tmp_path: Path,
    open_page: Callable[..., Any],
    theatre: str,
    fragment: str,
    said: list[str],
) -> None:
    """A printed map is cut, its key lies on it, or nobody learns who says so and how to cite it."""
    path = bundled_page
    if theatre:
        path = tmp_path / "map.html"
        load_theatre(theatre).write_map(path)
    opened = open_page(path, fragment)
    for form, size in PAPERS.items():
        paper = opened.tab.pdf(format=form, landscape=True, print_background=True)
        sizes = pages_of(paper)
        assert set(sizes) == {size}
        # The map; what changed, method and citation; land and roads over time: no page but these.
        assert 2 <= len(sizes) <= (8 if "with=" in fragment else 3), form
    opened.tab.set_viewport_size({"width": 1054, "height": 725})  # what a sheet of A4 leaves
    opened.tab.emulate_media(media="print")
    opened.until("document.documentElement.classList.contains('printing')")
    opened.tab.wait_for_timeout(200)
    laid = opened.tab.evaluate(LAID_OUT)
    assert laid["cut"] == []
    frame, legend, shown = laid["frame"], laid["legend"], laid["map"]
    assert legend["right"] <= shown["left"] + 2 or legend["left"] >= shown["right"] - 2
    assert laid["body"]["bottom"] <= frame["bottom"]
    assert frame["right"] - frame["left"] <= 1054
    assert laid["title"]["bottom"] <= laid["numbers"]["top"] + 2
    assert laid["numbers"]["bottom"] <= frame["top"]
    assert frame["bottom"] <= 725, "the map is on a second page"
    for text in said:
        assert text in laid["text"], text
    assert "geoline 0." in laid["text"]
    opened.tab.emulate_media(media="screen")
    assert opened.tab.locator("#paper").is_hidden()
    assert opened.tab.locator("#time").is_visible()
    assert opened.troubles == []


def saved(opened: Any, kind: str) -> bytes:  # noqa: ANN401
    """Save the day as a file, and read it."""
    with opened.tab.expect_download() as download:
        opened.tab.locator(f"#save-{kind}").click()
    return Path(download.value.path()).read_bytes()


def test_the_page_and_the_folder_give_the_same(
    bundled_theatre: Theatre, bundled_page: Path, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    """Two readers of one day compute with different claims, holders or square kilometres."""
    day, as_known = bundled_theatre.on("2020-01-29").day, bundled_theatre.as_known()
    opened = open_page(bundled_page, f"#day={day}")
    ours = list(csv.reader(claim_table(as_known, day, day).decode().splitlines()))
    theirs = list(csv.reader(saved(opened, "csv").decode("utf-8-sig").splitlines()))
    assert len(ours) > 20
    assert ours == theirs
    write_export(tmp_path / "day.geojson", as_known, day, day)
    folder = json.loads((tmp_path / "day.geojson").read_bytes())["features"]
    page = json.loads(saved(opened, "geojson"))["features"]

    def of(features: list[dict[str, Any]], kind: str) -> list[tuple[dict[str, Any], Any]]:
        said = [(one["properties"], one["geometry"]) for one in features]
        return [(what, shape) for what, shape in said if kind in {what.get("kind"), what["layer"]}]

    for one in folder:
        one["properties"]["layer"] = one["properties"]["kind"]
    held = [
        {what["holder"]: what["km2"] for what, _ in of(features, "area")}
        for features in (folder, page)
    ]
    assert held[0].keys() == held[1].keys()
    for holder, km2 in held[0].items():
        assert km2 == pytest.approx(held[1][holder], abs=0.06)
    for mine, other in zip(of(folder, "area"), of(page, "area"), strict=True):
        drawn = [shapely.make_valid(shapely.geometry.shape(shape)) for _, shape in (mine, other)]
        assert drawn[0].symmetric_difference(drawn[1]).area < 0.002 * drawn[0].area
    places = [
        {
            what.get("place_id") or what["id"]: (what["holder"], what["contested"])
            for what, _ in of(features, "place")
        }
        for features in (folder, page)
    ]
    assert places[1].items() >= places[0].items()


def test_coordinates_of_the_south_are_numbers(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    """A table of Mozambique has text for latitudes, and a formula runs in a newsroom's sheet."""
    towns = [
        (key, name, -11.5 - number / 5, lon, holder)
        for number, (key, name, _, lon, holder) in enumerate(TOWNS)
    ]
    claims = [{**CAPTURED, "note": "=HYPERLINK(0)"}]
    theatre = load_theatre(small_theatre(tmp_path / "t", towns=towns, claims=claims))
    theatre.write_map(tmp_path / "map.html")
    opened = open_page(tmp_path / "map.html", "#day=2024-05-02")
    (row,) = csv.DictReader(saved(opened, "csv").decode("utf-8-sig").splitlines())
    assert float(row["lat"]) == pytest.approx(-11.7)
    assert row["note"] == "'=HYPERLINK(0)"
    day = theatre.on("2024-05-02").day
    (ours,) = csv.DictReader(claim_table(theatre.as_known(), day, day).decode().splitlines())
    assert ours == row
