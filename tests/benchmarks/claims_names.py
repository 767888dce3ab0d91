"""How the claims' names come out against all of Syria, decided by source and day.

Run this file (``--half chosen`` for the half that settings were chosen on, with what is missed).
The places are those of `gazetteer/syria`, of which nobody reviewed any; the claims are read as
`geoline ingest` reads a file of own rows without places: the names of a source and day together,
beside what others named in the days about and, of what is told to be taken, what the taker held
before. Of the eve is known what was not inferred from a claim. A name is *listed* if the place that
it was reviewed as was looked up in a record of the list; it comes out right if it is resolved to
within `FAR_KM` of the reviewed place, and wrong, listed or not, if it is resolved to one farther
off. The reviewed places are not looked at. Places are halved by a draw that does not change.
"""

from __future__ import annotations

import argparse
import csv
import runpy
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import Gazetteer, load_theatre
from geoline.gazetteer import great_circle_km, read_country
from geoline.ingest.unplaced import meanings
from geoline.tables import Row
from geoline.theatre_folder import bundled

if TYPE_CHECKING:
    from geoline.gazetteer import Resolution

FAR_KM = 3.0
half_of = runpy.run_path(str(Path(__file__).with_name("names.py")))["half_of"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("chosen", "reported", "both"), default="reported")
    half = parser.parse_args().half
    theatre = load_theatre()
    folder = Path(bundled()) / "../../gazetteer/syria"
    country = Gazetteer(read_country(folder.resolve()), reviewed=0, frame=theatre.data.frame)
    records = {p.lookup.split(";")[0].strip(): p.id for p in country.places}

    def listed_as(place_id: str) -> str | None:
        looked_up = map(str.strip, theatre.gazetteer[place_id].lookup.split(";"))
        return next((records[one] for one in looked_up if one in records), None)

    with (bundled() / "baseline.csv").open(encoding="utf-8", newline="") as file:
        known = [row["place_id"] for row in csv.DictReader(file) if row["basis"] != "inferred"]
    eve = {
        record: theatre.data.baseline[place_id]
        for place_id in known
        if (record := listed_as(place_id)) is not None
    }
    bare = replace(theatre.data, gazetteer=country, claims=(), baseline=eve)
    claims = [c for c in theatre.data.claims if c.place_id and c.about == "place"]
    rows = [
        Row(
            "claims",
            number,
            {
                "place": claim.place,
                "source": claim.source,
                "date_end": claim.when.end.isoformat(),
                "event": claim.event,
                "actor": "; ".join(claim.actor),
            },
        )
        for number, claim in enumerate(claims)
    ]
    answers = meanings(rows, bare)
    counts: Counter[str] = Counter()
    missed: Counter[tuple[str, str, str, str]] = Counter()
    for claim, answer in zip(claims, answers, strict=True):
        name, place_id = claim.place, claim.place_id
        if half not in {"both", half_of(f"claims {place_id}")}:
            continue
        place = theatre.gazetteer[place_id]
        listed = listed_as(place_id) is not None
        found = judged(answer, place.lat, place.lon)
        counts["all"] += 1
        counts["listed"] += listed
        counts[f"{found}{', listed' if listed else ''}"] += 1
        if found == "wrong" or (listed and found != "right"):
            best = answer.candidates[0].name if answer.candidates else ""
            missed[found, name, place_id, best] += 1
    print(f"half: {half}; {dict(counts)}")
    print(f"listed ones right: {counts['right, listed'] / counts['listed']:.3f}")
    wrong = counts["wrong"] + counts["wrong, listed"]
    print(f"any wrong: {wrong / counts['all']:.3f}")
    if half == "chosen":
        for (found, name, place_id, best), times in sorted(missed.items()):
            print(f"  {times}  {found}: {name} ({place_id}) -> {best}")


def judged(answer: Resolution, lat: float, lon: float) -> str:
    """Say whether a name is right, wrong, ambiguous or unknown."""
    if answer.status != "resolved":
        return answer.status
    best = answer.candidates[0]
    km = float(great_circle_km(lat, lon, [best.lat], [best.lon])[0])
    return "wrong" if km > FAR_KM else "right"


if __name__ == "__main__":
    main()
