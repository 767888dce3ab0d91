"""P-code tables of other countries' offices come in, as CSV and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline import DataError, Gazetteer
from geoline.gazetteer.importing import read_geonames, read_listing

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = (
    "SR_Pcode,SR_Name_Eng,District/SAZ_Pcode,District/SAZ_Name_Eng,Tsp_Pcode,Township_Name_Eng,"
    "Town_Pcode,Town_Name_Eng,Town_Name_MMR,Longitude,Latitude\n"
    "MMR009,Magway,D001,Magway,MMR009001,Magway,MMR009001701,Magway Town,မကွေးမြို့,94.93,20.15\n"
    "MMR005,Sagaing,D002,Sagaing,T1,Sagaing,MMR005001701,Sagaing Town,စစ်ကိုင်းမြို့,95.98,21.88\n"
)


def test_towns_of_myanmar_are_read_without_the_word_for_town(tmp_path: Path) -> None:
    """A theatre in Myanmar could not be begun with the country's own codes and names."""
    path = tmp_path / "mimu.csv"
    path.write_text(TOWNS, encoding="utf-8")
    found = read_listing(path)
    assert found.set_aside == ()
    assert found.places[0].id == "ocha-mmr009001701"
    assert found.places[0].admin[:2] == ("MMR009", "Magway")
    towns = Gazetteer(found.places)
    for written in ("Magway", "မကွေး", "Magway Township"):
        answer = towns.resolve(written)
        assert (answer.status, answer.candidates[0].name) == ("resolved", "Magway Town"), written


def test_a_workbook_is_read_as_its_sheet_of_codes(tmp_path: Path) -> None:
    """The office's file would have to be saved as CSV first, and lose its letters there."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Release 9.4"])
    sheet = book.create_sheet("Towns")
    sheet.append(["a title above the table"])
    for line in TOWNS.splitlines():
        sheet.append([float(c) if c[:1] in "29" else c for c in line.split(",")])
    book.save(tmp_path / "mimu.xlsx")
    (tmp_path / "mimu.csv").write_text(TOWNS, encoding="utf-8")
    assert read_listing(tmp_path / "mimu.xlsx").places == read_listing(tmp_path / "mimu.csv").places


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A renamed CSV would end in a traceback of somebody else's package."""
    pytest.importorskip("openpyxl")
    path = tmp_path / "mimu.xlsx"
    path.write_text(TOWNS, encoding="utf-8")
    with pytest.raises(DataError, match="is no Excel workbook"):
        read_listing(path)


def test_the_dump_of_the_world_gives_the_countries_asked_for(tmp_path: Path) -> None:
    """Twelve million rows would be held in memory for the five hundred of one country."""
    row = (
        "{0}\tTown {0}\tTown {0}\t\t12.5\t25.{0}\tP\tPPL\t{1}\t\t01\t\t\t\t100\t\t\t\t2024-01-01\n"
    )
    path = tmp_path / "allCountries.txt"
    path.write_text("".join(row.format(n, "SD" if n % 5 else "TD") for n in range(1, 21)))
    found = read_geonames(path, countries=["td"])
    assert [place.id for place in found.places] == ["gn-5", "gn-10", "gn-15", "gn-20"]
    assert found.passed_over == 16
