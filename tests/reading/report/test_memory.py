"""What a report speaks of: whose word, which place is "the town", who denies."""

from __future__ import annotations

import pytest

from geoline.reading.english.grammar import ENGLISH
from geoline.reading.report.memory import certainty_of, denier_of, meant, refocus
from geoline.reading.shared.report_memory import ReportMemory
from tests.reading.report.small_report import read

WORDS = ENGLISH.words


def _after(*sentences: str) -> ReportMemory:
    """Give the memory behind some sentences, each a paragraph."""
    memory = ReportMemory()
    for number, sentence in enumerate(sentences):
        refocus(read(sentence, memory), memory, number, WORDS)
    return memory


@pytest.mark.parametrize(
    ("sentences", "side", "places"),
    [
        (["The army captured <Ara> and <Bor>."], "red", ["Ara", "Bor"]),
        (["The army captured <Ara>.", "Rebels regrouped near <Bor>."], "blue", ["Bor"]),
        # The topic of a sentence that tells nothing
        (["The army captured <Ara>.", "<Bor> is a town of farmers and of <Cos>."], "red", ["Bor"]),
        (["Why is everyone fighting over <Ara>?"], "", ["Ara"]),
        (["It lies between <Ara> and <Bor>."], "", []),
    ],
)
def test_what_is_spoken_of(sentences: list[str], side: str, places: list[str]) -> None:
    """Who "they" are, and which "the town" is, is taken from the wrong sentence."""
    memory = _after(*sentences)
    assert (memory.side, [item.text for item in memory.places]) == (side, places)


@pytest.mark.parametrize(
    ("before", "sentence", "names"),
    [
        ("The army entered <Ara>.", "They captured it.", ["Ara"]),
        ("The army entered <Ara> and <Bor>.", "They captured both towns.", ["Ara", "Bor"]),
        ("The army met rebels.", "In <Ara>, east of <Bor>, the army captured it.", ["Ara"]),
        ("The army met rebels.", "They captured it.", []),
    ],
)
def test_which_place_is_meant(before: str, sentence: str, names: list[str]) -> None:
    """The town that only says where another lies is taken for it."""
    memory = _after(before)
    found = read(sentence, memory)
    (told,) = (event for event in found.events if event.means)
    assert [i.text for i in meant(found.items, told, memory, WORDS)] == names


@pytest.mark.parametrize(
    ("sentence", "certainty", "speaker"),
    [
        ("The army captured <Ara>.", "asserted", ""),
        ("The Observatory said the army captured <Ara>.", "reported", "Observatory"),
        ("The Observatory said the army may have captured <Ara>.", "unclear", "Observatory"),
    ],
)
def test_whose_word_it_is(sentence: str, certainty: str, speaker: str) -> None:
    """A claim is put down to the wrong voice, and counts for too much."""
    found = read(sentence, ReportMemory())
    told = found.events[0]
    said = certainty_of(told, found.speakers, found.items[told.at])
    assert (said[0], said[1].removeprefix("The ")) == (certainty, speaker)


@pytest.mark.parametrize(
    ("sentence", "denier"),
    [
        ("Rebels denied that the army captured <Ara>.", "blue"),
        ("The capture of <Ara> was denied by rebels.", "blue"),
        ("The army captured <Ara>.", ""),
    ],
)
def test_who_denies(sentence: str, denier: str) -> None:
    """The side that is said to have taken a place is said to deny it."""
    found = read(sentence, ReportMemory())
    assert denier_of(found.items, found.events[0], WORDS) == denier
