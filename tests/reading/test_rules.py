"""Every rule of both grammars by its examples: a broken rule fails by name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline import load_theatre
from geoline.reading import Extractor, SideWords
from geoline.reading.arabic.rules import ARABIC_RULES
from geoline.reading.english.events.rules import ENGLISH_RULES

if TYPE_CHECKING:
    from geoline.reading import ExtractedClaim
    from geoline.reading.shared.rule import Rule

RULES: tuple[Rule[Any], ...] = (*ENGLISH_RULES, *ARABIC_RULES)
EXAMPLES: list[dict[str, Any]] = [
    example
    for path in sorted((Path(__file__).parent / "examples").glob("*.toml"))
    for example in tomllib.loads(path.read_text("utf-8"))["example"]
]
# What is said of an example holds for its events that say nothing else.
_COMMON = {"certainty", "rule"}


@pytest.fixture(scope="module")
def reader() -> Extractor:
    """Read single sentences: no word of the theatre is needed beside a place."""
    theatre = load_theatre().data
    sides = SideWords(
        theatre.actor_words, theatre.actor_names, own=frozenset(theatre.reading.own_people)
    )
    return Extractor(theatre.gazetteer, sides, holders=theatre.parties)


def _name(example: dict[str, Any]) -> str:
    rule = example.get("rule") or f"not {example['not_rule']}"
    return f"{rule}: {example['sentence']}"


def _told(claim: ExtractedClaim) -> dict[str, str]:
    days = f"{claim.last}" if claim.first == claim.last else f"{claim.first or ''}..{claim.last}"
    told = {"event": claim.event, "place": claim.place, "side": claim.actor, "days": days}
    return {**told, "certainty": claim.certainty, "rule": claim.rule}


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_rule_reads_its_examples_and_no_near_miss(
    reader: Extractor, example: dict[str, Any]
) -> None:
    """A sentence of a kind that reports write is read wrongly, or no more."""
    told = [_told(claim) for claim in reader.claims(example["sentence"], example["published"])]
    common = {"certainty": "asserted"} | {k: example[k] for k in _COMMON & example.keys()}
    expected = [{**common, **event} for event in example["events"]]
    assert len(told) == len(expected)
    assert [{k: t[k] for k in e} for t, e in zip(told, expected, strict=True)] == expected
    rules = {event["rule"] for event in told}
    assert example["not_rule"] not in rules if "not_rule" in example else example["rule"] in rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_an_example_and_a_near_miss(rule: Rule[Any]) -> None:
    """A rule could be broken, or read too much, and no test would name it."""
    assert any(example.get("rule") == rule.name for example in EXAMPLES)
    assert any(example.get("not_rule") == rule.name for example in EXAMPLES)
    assert rule.reads


def test_a_rule_is_known_by_one_name() -> None:
    """A claim bears the name of a rule that is none, or that two rules share."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert {example.get("rule") or example["not_rule"] for example in EXAMPLES} == set(names)
