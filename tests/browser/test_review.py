"""The desk in a browser: decisions by keys, and what comes out of them into the ledger."""

from __future__ import annotations

import base64
import csv
import json
import shutil
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline.extraction import extract_answer
from geoline.ingest import ingest
from geoline.review import desk_payload, write_desk
from geoline.tables import csv_table
from geoline.theatre_folder import read_theatre_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

    Desk = Callable[..., "Opened"]
    Make = Callable[[Path], Path]

ROOT = Path(__file__).parents[2]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PUBLISHED = "2020-01-29"
COLUMNS = (
    "place", "place_id", "event", "actor", "date_start", "date_end", "certainty", "published",
    "source", "origin", "evidence", "file",
)  # fmt: skip
# How many hostile texts there are is for the page to bear.
ATTACK = (
    '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">\u202e{{7*7}}'
)


class Opened:
    """The desk in a tab, with all that went wrong on it."""

    def __init__(self, context: BrowserContext, page: Path) -> None:
        self.tab = context.new_page()
        self.troubles: list[str] = []
        self.tab.on("console", lambda said: self.troubles.append(said.text))
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("request", self._asked)
        self._address = page.resolve().as_uri()
        started = time.perf_counter()
        self.tab.goto(self._address)
        self.tab.locator("[data-ready]").wait_for()
        self.seconds = time.perf_counter() - started

    def _asked(self, request: Any) -> None:  # noqa: ANN401  (playwright's Request)
        if not request.url.startswith((self._address, "blob:", "data:")):
            self.troubles.append(f"asked for {request.url}")

    def press(self, *keys: str) -> None:
        """Press keys; what begins with = is typed."""
        for key in keys:
            if key.startswith("="):
                self.tab.keyboard.type(key[1:])
            else:
                self.tab.keyboard.press(key)

    @property
    def told(self) -> str:
        """What the page says happened."""
        return self.tab.locator(".told").inner_text()

    def table(self, key: str = "d") -> list[dict[str, str]]:
        """Download what was accepted, or is open, and read it."""
        return list(csv.DictReader(self.file(key).read_text("utf-8").splitlines()))

    def file(self, key: str = "d") -> Path:
        """Download a table; give its path."""
        with self.tab.expect_download() as given:
            self.press(key)
        return Path(given.value.path())


@pytest.fixture
def open_desk(browser: Browser) -> Iterator[Desk]:
    """Open a desk in a browser without a network; the same browser for all of a test."""
    contexts: dict[tuple[Any, ...], BrowserContext] = {}

    def opener(page: Path, *, width: int = 1280, **options: Any) -> Opened:  # noqa: ANN401
        key = (width, *sorted(options))
        if key not in contexts:
            contexts[key] = browser.new_context(
                offline=True, viewport={"width": width, "height": 800}, **options
            )
        opened.append(Opened(contexts[key], page))
        return opened[-1]

    opened: list[Opened] = []
    yield opener
    assert [trouble for one in opened for trouble in one.troubles] == []
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled theatre, to be written to."""
    top = tmp_path_factory.mktemp("theatre")
    for name in ("gazetteer", "seeds"):
        shutil.copytree(ROOT / name, top / name)
    return top / "seeds" / "nw-syria"


@pytest.fixture(scope="module")
def extracted(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The claims of the reports of one day that the tests of the reading have, as a table."""
    top = tmp_path_factory.mktemp("reports")
    for name in ("reports", "reports_arabic"):
        listed = tomllib.loads((ROOT / f"tests/reading/corpora/{name}.toml").read_text("utf-8"))
        for n, report in enumerate(listed["report"]):
            if str(report["published"]) == PUBLISHED:
                (top / f"{name}-{n}.txt").write_text(report["text"], "utf-8")
    table = top / "claims.csv"
    extract_answer(
        read_theatre_folder(folder),
        folder,
        sorted(top.glob("*.txt")),
        published=PUBLISHED,
        source="afp",
        output=table,
    )
    return table


def _desk(folder: Path, table: Path) -> Path:
    """Make the desk of a table beside it."""
    page = table.with_suffix(".html")
    write_desk(desk_payload(read_theatre_folder(folder), [table]), page)
    return page


@pytest.fixture(scope="module")
def made(folder: Path) -> Make:
    """Make desks as `_desk` does, with the ledger as it was before any test."""
    theatre = read_theatre_folder(folder)

    def make(table: Path) -> Path:
        page = table.with_suffix(".html")
        write_desk(desk_payload(theatre, [table]), page)
        return page

    return make


def _claim(place: str, place_id: str = "", **cells: str) -> dict[str, str]:
    usual = {
        "event": "captured", "actor": "government", "date_start": PUBLISHED, "source": "afp",
        "date_end": PUBLISHED, "published": PUBLISHED, "certainty": "asserted",
    }  # fmt: skip
    return {"place": place, "place_id": place_id, **usual, **cells}


def _written(path: Path, *rows: dict[str, str]) -> Path:
    path.write_bytes(csv_table(COLUMNS, rows, spreadsheet=True))
    return path


def test_what_is_accepted_and_nothing_else_enters_the_ledger(
    folder: Path, extracted: Path, made: Make, open_desk: Desk
) -> None:
    """A claim that a person refused would move the line, or one that they accepted be lost."""
    with extracted.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 30
    desk = open_desk(made(extracted))
    accepted, refused = [], []
    for n, row in enumerate(rows):
        desk.press("r" if n % 3 == 2 else "a")
        if n % 3 == 2:
            refused.append(row)
        elif "Not accepted" in desk.told:
            assert row["certainty"] in {"unclear", "foreseen"} or not row["actor"], desk.told
            desk.press("r")
            refused.append(row)
        else:
            accepted.append(row)
    assert f"All {len(rows)} claims are decided, {len(accepted)} accepted" in desk.told
    given = desk.file()
    done = ingest(folder, given, "claims")
    assert done.set_aside == ()
    assert (done.read, done.accepted + done.duplicates) == (len(accepted), len(accepted))
    assert done.accepted > len(accepted) / 2
    assert ingest(folder, given, "claims").accepted == 0

    def said(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[key] for key in ("place_id", "event", "actor", "date_start", "date_end"))

    entered = {
        (c.place_id, c.event, "; ".join(c.actor), str(c.when.start or ""), str(c.when.end))
        for c in read_theatre_folder(folder).claims
        if c.claim_id.startswith("afp-") and c.published and str(c.published) == PUBLISHED
    }
    assert {said(row) for row in accepted} <= entered
    assert not ({said(row) for row in refused} - {said(row) for row in accepted}) & entered
    assert desk.troubles == []


def test_what_was_decided_outlives_the_page(tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """An hour's work would go with a closed window."""
    rows = [_claim("Saraqib", "saraqib"), _claim("Nayrab", "al-nayrab"), _claim("Afis", "afis")]
    page = made(_written(tmp_path / "kept.csv", *rows))
    desk = open_desk(page)
    desk.press("a", "r", "a")
    desk.tab.close()
    desk = open_desk(page)
    assert "What was decided before is here again" in desk.told
    assert [row["place_id"] for row in desk.table()] == ["saraqib", "afis"]
    desk.press("u", "u", "a")  # the last two steps are taken back also now
    assert [row["place_id"] for row in desk.table()] == ["saraqib", "al-nayrab"]
    assert [row["place_id"] for row in desk.table("l")] == ["afis"]
    # Another table is another matter.
    other = made(_written(tmp_path / "other.csv", rows[0]))
    assert "0 of 1 decided" in open_desk(other).tab.locator(".progress").inner_text()


def test_a_name_is_decided_by_its_number(tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """A claim of an ambiguous or unknown place could not be mended, or enter with none."""
    rows = [_claim("Maarata"), _claim("Zzyzxville")]
    desk = open_desk(made(_written(tmp_path / "c.csv", *rows)))
    desk.press("a")
    assert "Not accepted: which place is meant is not decided" in desk.told
    listed = desk.tab.locator(".candidates .candidate-of").all_inner_texts()
    assert {"Maarata", "Khirbat Maarata"} <= set(listed)
    desk.press(str(listed.index("Maarata") + 1), "a")
    assert "Unknown name" in desk.tab.locator(".card").inner_text()
    desk.press("a", "d")
    assert [row["place_id"] for row in desk.table()] == ["maarata"]


def test_corrections_come_out(folder: Path, tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """What a person mended would enter as the reader had misread it."""
    row = _claim("the town", "afis", certainty="unclear", actor="opposition", date_start="")
    desk = open_desk(made(_written(tmp_path / "c.csv", row)))
    desk.press("c")  # what is wrong has the focus
    assert desk.tab.evaluate("document.activeElement.parentElement.innerText").startswith("Certain")
    desk.press("=reported")
    desk.tab.get_by_label("Party").select_option("government")
    desk.tab.get_by_role("textbox", name="Last day").fill("2020-01-29")
    desk.tab.get_by_role("textbox", name="Last day").press("ArrowDown")
    desk.tab.get_by_label("How exact").select_option("day")
    desk.tab.get_by_role("combobox", name="Place").fill("سراقب")
    desk.press("Enter", "Enter")
    (out,) = desk.table()
    assert {key: out[key] for key in ("place_id", "actor", "date_start", "date_end")} == {
        "place_id": "saraqib", "actor": "government", "date_start": "2020-01-28",
        "date_end": "2020-01-28",
    }  # fmt: skip
    assert (out["place"], out["certainty"], out["date_precision"]) == (
        "the town",
        "reported",
        "day",
    )
    done = ingest(folder, desk.file(), "claims")
    assert (done.set_aside, done.read) == ((), 1)


def test_a_day_is_corrected_by_its_number(tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """Who goes through reports by keys would type ten letters for each wrong day."""
    rows = [_claim("Afis", "afis"), _claim("Saraqib", "saraqib"), _claim("Sarmin", "sarmin")]
    desk = open_desk(made(_written(tmp_path / "c.csv", *rows)))
    desk.press("c", *["Tab"] * 4, "=28", "Enter", "c", *["Tab"] * 4, "=30", "Enter")
    desk.press("c", *["Tab"] * 3, "=12-24", "Tab", "=1-3", "Enter")
    assert [(row["date_start"], row["date_end"]) for row in desk.table()] == [
        ("2020-01-28", "2020-01-28"),
        ("2019-12-30", "2019-12-30"),  # the last 30th, since the report is of 29 January
        ("2019-12-24", "2020-01-03"),
    ]


def test_one_that_the_reader_missed_is_added(
    folder: Path, tmp_path: Path, made: Make, open_desk: Desk
) -> None:
    """A village that stands in the report would have to be written into the table by hand."""
    row = _claim("Afis", "afis", evidence="They took Afis and al-Nayrab.", file="r.txt")
    page = made(_written(tmp_path / "c.csv", row))
    desk = open_desk(page)
    desk.press("a", "x", "=xyzzy", "Enter")
    assert "No place was chosen" in desk.told  # and what was typed is no place
    desk.press("Control+a", "=nayrab", "Enter", "Enter", "x", "Escape")
    assert [(r["place_id"], r["event"], r["file"]) for r in desk.table()] == [
        ("afis", "captured", "r.txt"),
        ("al-nayrab", "captured", "r.txt"),
    ]
    assert ingest(folder, desk.file(), "claims").set_aside == ()
    desk.tab.reload()
    desk.tab.locator("[data-ready]").wait_for()
    assert "2 of 2 decided" in desk.tab.locator(".progress").inner_text()


def test_a_report_in_which_nothing_was_read(folder: Path, tmp_path: Path, open_desk: Desk) -> None:
    """What the reader missed altogether could not be claimed."""
    table = _written(tmp_path / "c.csv", _claim("Afis", "afis", file="a.txt"))
    (tmp_path / "b.txt").write_text("The army had entered Nayrab on Monday.", "utf-8")
    page = table.with_suffix(".html")
    write_desk(desk_payload(read_theatre_folder(folder), [table], reports=[tmp_path]), page)
    desk = open_desk(page)
    desk.press("r")
    assert "No claim was read in this report" in desk.tab.locator(".card").inner_text()
    desk.press("a")
    assert "Not accepted" in desk.told
    desk.press("c", "=nayrab", "Enter", "Tab", "=entered", "Tab", "=Syrian gov", "Enter")
    (out,) = desk.table()
    assert (out["place_id"], out["event"], out["actor"]) == ("al-nayrab", "entered", "government")
    assert (out["file"], out["source"], out["date_end"]) == ("b.txt", "afp", PUBLISHED)
    assert ingest(folder, desk.file(), "claims").set_aside == ()


def test_merged_with_the_ledger_and_taken_back(
    folder: Path, tmp_path: Path, open_desk: Desk
) -> None:
    """One statement would count twice, or a voice's correction stand beside what it corrects."""
    first = _claim("Sarmin", "sarmin", date_start="2020-02-10", date_end="2020-02-10")
    first |= {"published": "2020-02-10"}
    ingest(folder, _written(tmp_path / "first.csv", first), "claims")
    again = first | {
        "published": "2020-02-12",
        "date_start": "2020-02-11",
        "date_end": "2020-02-11",
    }
    stranger = again | {"source": "reuters"}
    rows = [again, again | {"event": "denied", "evidence": "No."}, stranger]
    desk = open_desk(_desk(folder, _written(tmp_path / "c.csv", *rows)))
    assert "The same voice said this already" in desk.tab.locator(".card").inner_text()
    assert "The same voice said already" in desk.tab.locator(".card").inner_text()
    desk.press("m")
    assert "Merged with afp-" in desk.told
    desk.press("t")
    assert "taken back" in desk.told
    # Another voice is shown, and cannot be merged with.
    assert "Other voices" in desk.tab.locator(".card").inner_text()
    desk.press("m")
    assert "There is no claim by the same voice" in desk.told
    (out,) = desk.table()
    assert out["event"] == "denied"
    done = ingest(folder, desk.file(), "claims")
    assert (done.accepted, done.set_aside) == (1, ())
    (entered,) = [c for c in read_theatre_folder(folder).claims if c.corrects == (out["corrects"],)]
    assert entered.place_id == "sarmin"


FAULTS: dict[str, dict[str, str]] = {
    "no place": {"place_id": "", "place": "Zzyzxville"},
    "no such place": {"place_id": "atlantis"},
    "no party": {"actor": "martians"},
    "nobody": {"actor": ""},
    "no event": {"event": "dreamt"},
    "taken back without what": {"event": "retracted"},
    "unclear": {"certainty": "unclear"},
    "no day": {"date_end": "2020-02-30", "date_start": ""},
    "days turned": {"date_start": "2020-01-30", "date_end": "2020-01-28"},
    "another calendar": {"date_start": "", "date_end": "2567-01-28"},
    "told before it was": {"date_start": "2020-02-20", "date_end": "2020-02-20"},
    "no source": {"source": "nobody"},
    "no origin": {"origin": "nobody"},
    "twenty years": {"date_start": "1990-01-01"},
}


def test_the_desk_refuses_what_the_ledger_would(
    folder: Path, tmp_path: Path, made: Make, open_desk: Desk
) -> None:
    """A person would decide on a claim, and find it set aside afterwards."""
    rows = [_claim("Saraqib", "saraqib") | fault for fault in FAULTS.values()]
    table = _written(tmp_path / "c.csv", *rows)
    done = ingest(folder, table, "claims")
    assert len(done.set_aside) == len(rows)
    desk = open_desk(made(table))
    for name in FAULTS:
        desk.press("a")
        assert "Not accepted" in desk.told, name
        desk.press("r")


def test_hostile_texts_are_texts(tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """A report could run its own code before the one who reads it."""
    row = _claim("=1+1", "saraqib", evidence=ATTACK, file="r.txt")
    (tmp_path / "r.txt").write_text(f"Before. {ATTACK} After <b>all</b>.", "utf-8")
    table = _written(tmp_path / "<!-- title -->.csv", row, row | {"place": ATTACK, "file": ATTACK})
    desk = open_desk(made(table))
    assert "<b>all</b>" in desk.tab.locator(".report").inner_text()
    desk.press("a", "c", "Escape", "a")
    first, second = desk.table()
    # No cell is a formula for a spreadsheet, and `ingest` reads it as it was.
    assert first["place"] == "'=1+1"
    assert second["evidence"] == ATTACK
    assert desk.tab.evaluate("window.hacked") is None
    assert desk.troubles == []


def test_reports_run_in_their_own_direction(extracted: Path, made: Make, open_desk: Desk) -> None:
    """An Arabic report would be set from the left, its full stops at the wrong end."""
    desk = open_desk(made(extracted))
    names = desk.tab.locator("header select option").all_inner_texts()
    arabic = next(n for n, name in enumerate(names) if "arabic" in name)
    desk.press(*["n"] * arabic)
    paragraph = desk.tab.locator(".report p").first
    assert paragraph.evaluate("(p) => getComputedStyle(p).direction") == "rtl"
    marked = desk.tab.locator(".report .current.said").first.inner_text()
    assert any("\u0600" <= letter <= "\u06ff" for letter in marked)


def test_keys_of_another_keyboard_and_no_keys(tmp_path: Path, made: Make, open_desk: Desk) -> None:
    """Who types Arabic could not decide, and who speaks to a screen reader would by accident."""
    rows = [_claim("Saraqib", "saraqib"), _claim("Afis", "afis")]
    desk = open_desk(made(_written(tmp_path / "c.csv", *rows)))
    desk.tab.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ش', code: 'KeyA' }))"
    )
    assert desk.told.startswith("Accepted")
    desk.press("?")
    desk.tab.get_by_label("single keys act").uncheck()
    desk.press("r")
    assert "1 of 2 decided" in desk.tab.locator(".progress").inner_text()
    desk.tab.get_by_role("button", name="Refuse").click()
    assert "2 of 2 decided" in desk.tab.locator(".progress").inner_text()


@pytest.mark.parametrize(
    ("width", "options", "keys"),
    [
        (1280, {}, ("?",)),
        (800, {"color_scheme": "dark"}, ("c",)),
        (800, {}, ("j", "j", "?")),
        (1280, {"color_scheme": "dark"}, ("a", "r")),
    ],
)
def test_everybody_can_read_the_desk(  # noqa: PLR0913, PLR0917  (fixtures and cases)
    extracted: Path,
    made: Make,
    open_desk: Desk,
    width: int,
    options: dict[str, Any],
    keys: tuple[str, ...],
) -> None:
    """Else a reader with a screen reader, weak eyes or a small window is shut out of it."""
    page = made(extracted)
    desk = open_desk(page, width=width, bypass_csp=True, **options)
    desk.press(*keys)
    desk.tab.evaluate(AXE.read_text(encoding="utf-8"))
    report = desk.tab.evaluate("axe.run({resultTypes: ['violations']})")
    grave = [
        (one["id"], [node["target"] for node in one["nodes"][:3]])
        for one in report["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert grave == []
    assert len(report["passes"]) > 20
    wide = desk.tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_the_desk_speaks_the_readers_language(
    folder: Path, tmp_path: Path, made: Make, open_desk: Desk
) -> None:
    """Who reads no English could not tell why a claim is not accepted."""
    page = made(_written(tmp_path / "c.csv", _claim("Saraqib", "saraqib"), _claim("Zzyzxville")))
    assert "ar" in read_theatre_folder(folder).languages
    desk = open_desk(page, locale="ar-SY")
    desk.press("a")
    assert desk.told.startswith("قُبل")
    assert desk.tab.locator("#desk").evaluate("(desk) => [desk.lang, desk.dir]") == ["ar", "rtl"]
    desk.press("a")
    assert "لم يتقرر أي مكان هو المقصود" in desk.told


def test_a_thousand_claims_open_at_once(
    folder: Path, tmp_path: Path, made: Make, open_desk: Desk
) -> None:
    """A day's reports of all sources would be a page that one waits for."""
    places = [p for p in read_theatre_folder(folder).gazetteer.places if not p.is_area]
    rows = []
    for n in range(1000):
        place = places[n * 7 % len(places)]
        evidence = f"Government forces captured {place.name} on Wednesday, number {n}."
        rows.append(_claim(place.name, place.id, evidence=evidence, file=f"r{n // 5}.txt"))
        path = tmp_path / f"r{n // 5}.txt"
        with path.open("a", encoding="utf-8") as file:
            file.write(evidence + " The rest of it is about other things.\n\n" * 10)
    desk = open_desk(made(_written(tmp_path / "c.csv", *rows)))
    assert desk.seconds < 2
    started = time.perf_counter()
    desk.press(*["a"] * 20)
    assert "20 of 1000 decided" in desk.tab.locator(".progress").inner_text()
    # A key is answered before the next is pressed.
    assert time.perf_counter() - started < 20 * 0.25


NOTEBOOK = """<!doctype html><meta charset="utf-8"><title>desk</title><div id="here"></div>
<script type="module">
const state = STATE;
const model = { get: (key) => state[key], save_changes() {} };
model.set = (key, value) => { state[key] = value; };
const widget = await import("data:text/javascript;base64,SCRIPT");
widget.default.render({ model, el: document.getElementById("here") });
document.addEventListener("keydown", () => { window.leaked = true; });
window.state = state;
</script>"""


def test_the_desk_of_a_notebook(folder: Path, tmp_path: Path, browser: Browser) -> None:
    """Keys would be the notebook's, which deletes cells by them, or nothing come back to Python."""
    notebook = pytest.importorskip("geoline.notebook")
    table = _written(tmp_path / "c.csv", _claim("Saraqib", "saraqib"), _claim("Afis", "afis"))
    payload = desk_payload(read_theatre_folder(folder), [table])
    script = base64.b64encode(notebook.DeskWidget._esm.encode()).decode()  # noqa: SLF001
    state = json.dumps({"payload": payload, "accepted": ""}).replace("<", "\\u003c")
    file = tmp_path / "cell.html"
    file.write_text(NOTEBOOK.replace("STATE", state).replace("SCRIPT", script), "utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    tab.locator("[data-ready]").wait_for()
    assert tab.evaluate("state.accepted") == ""
    tab.locator(".card h2").focus()
    tab.keyboard.press("a")
    tab.keyboard.press("r")
    rows = list(csv.DictReader(tab.evaluate("state.accepted").splitlines()))
    assert [row["place_id"] for row in rows] == ["saraqib"]
    assert tab.evaluate("window.leaked") is None
    tab.close()
