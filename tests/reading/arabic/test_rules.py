"""Every Arabic rule by its examples: a broken rule fails by name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline import load_theatre
from geoline.reading import Extractor, SideWords
from geoline.reading.arabic.rules import ARABIC_RULES

if TYPE_CHECKING:
    from geoline.reading import ExtractedClaim

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES: list[dict[str, Any]] = [
    example
    for path in sorted(FOLDER.glob("ar-*.toml"))
    for example in tomllib.loads(path.read_text("utf-8"))["example"]
]


@pytest.fixture(scope="module")
def reader() -> Extractor:
    """Read single sentences: no word of the theatre is needed beside a place."""
    theatre = load_theatre().data
    sides = SideWords(
        theatre.actor_words, theatre.actor_names, own=frozenset(theatre.reading.own_people)
    )
    return Extractor(theatre.gazetteer, sides, holders=theatre.parties)


def _days(claim: ExtractedClaim) -> str:
    return f"{claim.last}" if claim.first == claim.last else f"{claim.first or ''}..{claim.last}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.get('rule', e.get('not_rule'))}")
def test_a_rule_reads_its_examples_and_no_near_miss(
    reader: Extractor, example: dict[str, Any]
) -> None:
    """A sentence of a kind that reports write is read wrongly, or no more."""
    found = reader.claims(example["sentence"], example["published"])
    told = [{"event": c.event, "place": c.place, "side": c.actor, "days": _days(c)} for c in found]
    expected = [{k: v for k, v in event.items() if k != "rule"} for event in example["events"]]
    assert told == expected
    if "not_rule" in example:
        assert example["not_rule"] not in {claim.rule for claim in found}
    else:
        named = [event.get("rule") for event in example["events"]]
        assert [claim.rule for claim, rule in zip(found, named, strict=True) if not rule][:1] == [
            example["rule"]
        ]
        assert all(rule in {None, c.rule} for c, rule in zip(found, named, strict=True))
    sure = {claim.certainty for claim in found} or {"asserted"}
    assert sure == {example.get("certainty", "asserted")}


def test_every_rule_has_an_example_and_a_near_miss() -> None:
    """A rule could be broken, or read too much, and no test would name it."""
    names = [rule.name for rule in ARABIC_RULES]
    assert len(names) == len(set(names))
    assert {example["rule"] for example in EXAMPLES if "rule" in example} == set(names)
    assert {example["not_rule"] for example in EXAMPLES if "not_rule" in example} == set(names)
    assert all(rule.name.startswith("ar-") and rule.reads for rule in ARABIC_RULES)
