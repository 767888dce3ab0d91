"""How the claims' names come out against all of Syria, decided by source and day.

Run this file (``--half chosen`` for the half that settings were chosen on, with what is missed).
The places are those of `gazetteer/syria`, of which nobody reviewed any; the names of the claims are
resolved together with those of the same source and day, then beside what others named within
`DAYS`, as an importer does. A name is *listed* if the place that it was reviewed as was looked up
in a record of the list; it comes out right if it is resolved to within `FAR_KM` of the reviewed
place, and wrong, listed or not, if it is resolved to one farther off. The reviewed places are not
looked at. Places are halved by a draw that does not change.
"""

from __future__ import annotations

import argparse
import runpy
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import Gazetteer, load_theatre
from geoline.gazetteer import great_circle_km, read_country
from geoline.theatre_folder import bundled

if TYPE_CHECKING:
    from datetime import date

    from geoline.gazetteer import Resolution

FAR_KM = 3.0
DAYS = 2
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
    groups = defaultdict(list)
    for claim in theatre.data.claims:
        if claim.place_id and claim.about == "place":
            groups[claim.source, claim.when.end].append((claim.place, claim.place_id))
    counts: Counter[str] = Counter()
    missed: Counter[tuple[str, str, str, str]] = Counter()
    for key, answers in decided(country, groups).items():
        for (name, place_id), answer in zip(groups[key], answers, strict=True):
            if half not in {"both", half_of(f"claims {place_id}")}:
                continue
            place = theatre.gazetteer[place_id]
            listed = any(one.strip() in records for one in place.lookup.split(";"))
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


def decided(
    country: Gazetteer, groups: dict[tuple[str, date], list[tuple[str, str]]]
) -> dict[tuple[str, date], list[Resolution]]:
    """Resolve what each source of a day named, by itself, then beside what others named."""
    first = {
        key: country.resolve_together([name for name, _ in rows]) for key, rows in groups.items()
    }
    told: defaultdict[date, list[tuple[str, float, float]]] = defaultdict(list)
    for (source, day), answers in first.items():
        told[day] += [
            (source, a.candidates[0].lat, a.candidates[0].lon)
            for a in answers
            if a.status == "resolved"
        ]
    found = {}
    for (source, day), rows in groups.items():
        around = [
            (lat, lon)
            for days in range(-DAYS, DAYS + 1)
            for other, lat, lon in told[day + timedelta(days=days)]
            if days or other != source
        ]
        found[source, day] = country.resolve_together([name for name, _ in rows], around=around)
    return found


def judged(answer: Resolution, lat: float, lon: float) -> str:
    """Say whether a name is right, wrong, ambiguous or unknown."""
    if answer.status != "resolved":
        return answer.status
    best = answer.candidates[0]
    km = float(great_circle_km(lat, lon, [best.lat], [best.lon])[0])
    return "wrong" if km > FAR_KM else "right"


if __name__ == "__main__":
    main()
