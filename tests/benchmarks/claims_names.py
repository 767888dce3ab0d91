"""How the claims' names come out against all of Syria, decided by source and day.

Run this file. The places are those of `gazetteer/syria`, of which nobody reviewed any; the names of
the claims are resolved together with those of the same source and day, as an importer would. A name
is *listed* if the place that it was reviewed as was looked up in a record of the list; it comes out
right if that very record is the answer, wrong if it is resolved to a place farther than `FAR_KM`
from the reviewed one. The reviewed places are not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import Gazetteer, load_theatre
from geoline.gazetteer import great_circle_km, read_country
from geoline.theatre_folder import bundled

if TYPE_CHECKING:
    from datetime import date

FAR_KM = 3.0


def main() -> None:
    """Print the table."""
    theatre = load_theatre()
    folder = Path(bundled()) / "../../gazetteer/syria"
    country = Gazetteer(read_country(folder.resolve()), frame=theatre.data.frame)
    records = {p.lookup.split(";")[0].strip(): p.id for p in country.places}
    claims = theatre.data.claims
    groups = defaultdict(list)
    for claim in claims:
        if claim.place_id and claim.about == "place":
            groups[claim.source, claim.when.end].append((claim.place, claim.place_id))
    counts: Counter[str] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    # What each source of a day named, by itself; then beside what the others of that day named.
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
    for (source, day), rows in groups.items():
        front = [(lat, lon) for other, lat, lon in told[day] if other != source]
        answers = country.resolve_together([name for name, _ in rows], around=front)
        for (name, place_id), answer in zip(rows, answers, strict=True):
            place = theatre.gazetteer[place_id]
            lookups = [one.strip() for one in place.lookup.split(";")]
            record = next((records[one] for one in lookups if one in records), None)
            counts["all"] += 1
            counts["listed"] += record is not None
            if answer.status != "resolved":
                counts[f"listed {answer.status}"] += record is not None
                continue
            best = answer.candidates[0]
            km = float(great_circle_km(place.lat, place.lon, [best.lat], [best.lon])[0])
            counts["right"] += record is not None and km <= FAR_KM
            if km > FAR_KM:
                counts["wrong"] += 1
                counts["wrong, listed"] += record is not None
                wrong[name, place_id, best.name] += 1
    print(dict(counts))
    print(f"listed ones right: {counts['right'] / counts['listed']:.3f}")
    print(f"any wrong: {counts['wrong'] / counts['all']:.3f}")
    for (name, place_id, found), times in wrong.most_common(40):
        print(f"  {times}  {name} ({place_id}) -> {found}")


if __name__ == "__main__":
    main()
