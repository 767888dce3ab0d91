"""A reader of a user's own beside the rules: it adds, flagged, and overrules nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoline.cli.program import main
from geoline.extraction.runs import Run, extractor_of, read_all
from geoline.extraction.user_model import ONLY_MODEL, Beside, ReadsReports
from geoline.reading.shared.extracted_claim import ExtractedClaim
from geoline.theatre import bundled, load_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre_folder.theatre_data import TheatreData

PUBLISHED = date(2020, 1, 29)
# The rules know no such verb as "gobbled up".
TEXT = """The Syrian army captured Talmans on Tuesday and plans to take Saraqib.
Its tanks now park in Hish, near Idlib."""
# A reader as a user would write it: every listed name, taken by the side that is told it.
READER = """
from dataclasses import dataclass
from geoline.reading.shared.extracted_claim import ExtractedClaim

@dataclass(frozen=True)
class Names:
    gazetteer: object
    event: str = "captured"
    actor: str = "government"
    certainty: str = "asserted"

    def claims(self, text, published):
        found = []
        for word in sorted(set(text.replace(".", " ").replace(",", " ").split())):
            answer = self.gazetteer.resolve(word)
            if answer.status != "resolved" or not word[0].isupper():
                continue
            place, at = answer.candidates[0], text.index(word)
            found.append(ExtractedClaim(
                place=word, place_id=place.id, lat=place.lat, lon=place.lon, about="place",
                road="", event=self.event, actor=self.actor, from_actor="", first=None,
                last=published, precision="by", certainty=self.certainty, attributed_to="",
                span=(at, at + len(word)), evidence=text, flag=""))
        return found

def make(data):
    return Names(data.gazetteer)

def storms(data):
    return Names(data.gazetteer, event="stormed off")

def martians(data):
    return Names(data.gazetteer, actor="martians")

def fails(data):
    raise RuntimeError("no weights\\nin this folder")

def gives_nothing(data):
    return None
"""


@pytest.fixture(scope="module")
def data() -> TheatreData:
    """The bundled theatre."""
    return load_theatre().data


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A user's reader in a file."""
    path = tmp_path / "my reader.py"
    path.write_text(READER, encoding="utf-8")
    return path


def _extract(path: Path, model: str, *more: str) -> int | str | None:
    call = ["extract", str(path), "--published", "2020-01-29", "--source", "afp", *more]
    with pytest.raises(SystemExit) as ended:
        main([*call, "--model", model])
    return ended.value.code


def test_what_only_the_model_reads_is_added_and_flagged(
    tmp_path: Path, reader: Path, data: TheatreData, capsys: pytest.CaptureFixture[str]
) -> None:
    """A user's model cannot be tried, or its guesses stand in the table like the rules' claims."""
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert _extract(report, f"{reader}:make", "--json") == 0
    records = json.loads(capsys.readouterr().out)
    told = {(r["place_id"], r["certainty"]): r for r in records if r["event"] == "captured"}
    by_rules = extractor_of(data).claims(TEXT, PUBLISHED)
    kept = [record for record in records if ONLY_MODEL not in record["flag"]]
    assert [(r["place_id"], r["span"]) for r in kept] == [
        (claim.place_id, list(claim.span)) for claim in by_rules
    ]
    assert told["talmenes", "asserted"]["date_start"] == "2020-01-28"  # the rules' day
    assert told["hish", "asserted"]["flag"] == ONLY_MODEL
    # Planned by the rules' reading, done by the model's: both are shown.
    assert told["saraqib", "foreseen"]["flag"] == ""
    assert told["saraqib", "asserted"]["flag"] == ONLY_MODEL
    _extract(report, f"{reader}:make")
    lines = [line for line in capsys.readouterr().out.splitlines() if "captured" in line]
    assert [ONLY_MODEL in line for line in lines if "Hish [" in line] == [True]
    assert [ONLY_MODEL in line for line in lines if "Talmans [" in line] == [False]


class _Says:
    """Says what it is told to."""

    def __init__(self, *claims: ExtractedClaim) -> None:
        self.said = claims

    def claims(self, _text: str, _published: date, /) -> tuple[ExtractedClaim, ...]:
        """Say it."""
        return self.said


def _claim(data: TheatreData, **changed: object) -> ExtractedClaim:
    (claim,) = extractor_of(data).claims("Syrian troops captured Talmans in Idlib.", PUBLISHED)
    values = {field.name: getattr(claim, field.name) for field in fields(claim)}
    return ExtractedClaim(**(values | changed))


def test_a_second_reader_overrules_nothing(data: TheatreData) -> None:
    """The same capture stands twice in the table, with two sides or two days."""
    text = "x" * 80
    rules, model = _Says(_claim(data)), _Says(_claim(data, actor="opposition"))
    both: ReadsReports = Beside(rules, model, data)
    assert both.claims(text, PUBLISHED) == list(rules.said)
    unsure = _Says(_claim(data, certainty="foreseen"))
    assert Beside(rules, unsure, data).claims(text, PUBLISHED) == list(rules.said)
    assert len(Beside(unsure, rules, data).claims(text, PUBLISHED)) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"event": "stormed off"}, "no event 'stormed off'"),
        ({"place_id": "atlantis"}, "no place 'atlantis'"),
        ({"actor": "martians"}, "'martians' is no side"),
        ({"from_actor": "martians"}, "'martians' is no side"),
        ({"certainty": "0.93"}, "certainty is '0.93'"),
        ({"span": (70, 90)}, "no span 70 to 90"),
    ],
)
def test_claims_that_cannot_be_are_refused(
    data: TheatreData, changed: dict[str, object], said: str
) -> None:
    """What a model made up goes into the table, and is found out at the ingest or never."""
    both = Beside(_Says(), _Says(_claim(data, **changed)), data)
    with pytest.raises(ValueError, match="model's claim on 'Talmans'") as refused:
        both.claims("x" * 80, PUBLISHED)
    assert said in str(refused.value)


def test_report_is_set_aside_if_the_model_errs(tmp_path: Path, reader: Path) -> None:
    """One claim that cannot be ends a night's run."""
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    run = Run(bundled(), PUBLISHED, "afp", figures=False, model=f"{reader}:martians")
    (answer,) = read_all(run, [report])
    assert "report.txt: ValueError: the model's claim on" in answer["aside"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("my_reader", "write FILE.py:FUNCTION or MODULE:FUNCTION"),
        ("no/such/file.py:make", "No such file"),
        ("no_such_module:make", "No module named 'no_such_module'"),
        ("READER:no_such_function", "no_such_function"),
        ("READER:fails", "RuntimeError: no weights in this folder"),
        ("READER:gives_nothing", "no object with a method claims"),
    ],
)
def test_model_that_cannot_be_loaded_is_one_line(
    tmp_path: Path, reader: Path, capsys: pytest.CaptureFixture[str], model: str, said: str
) -> None:
    """A slip in the name of one's reader ends in a traceback, or in a run without it."""
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    assert _extract(report, model.replace("READER", str(reader))) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "--model" in error
    assert said in error


def test_run_with_a_model_begins_anew(tmp_path: Path, reader: Path) -> None:
    """What was read without the model stands in the table of a run with it."""
    report, journal = tmp_path / "report.txt", tmp_path / "read"
    report.write_text(TEXT, encoding="utf-8")
    run = Run(bundled(), PUBLISHED, "afp", figures=False)
    (alone,) = read_all(run, [report], journal)
    (beside,) = read_all(run._replace(model=f"{reader}:make"), [report], journal)
    assert len(beside["claims"]) > len(alone["claims"])
