"""What users lose if names in running text are missed, cut, or seen where there are none."""

from __future__ import annotations

import time
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.gazetteer.gazetteer import Gazetteer
from geoline.gazetteer.scan.scanner import Scanner, scan
from geoline.gazetteer.scan.word_filter import LONGEST_READING, TWO_APART, Nearness
from geoline.names.folding import reading

if TYPE_CHECKING:
    from geoline.theatre import Theatre

SENTENCES = (
    "Families left Maaret al-Numan for the border on Tuesday. ",
    "In Saraqeb’s market, Reuters counted nine closed shops! ",
    "Kfar Roummah and Deir Sharqi were quiet, John Smith said. ",
    "Anna Weber flew from Oslo to New York. ",
    "وصلت القوات إلى سراقب. ",
    "Nothing happened? ",
    "Khan\nSheikhoun is further south. ",
)


@pytest.fixture(scope="module")
def scanner(bundled_theatre: Theatre) -> Scanner:
    """The scanner of the bundled theatre."""
    return Scanner(bundled_theatre.gazetteer, not_places=bundled_theatre.data.reading.not_places)


def _found(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    return [(f.text, f.resolution.candidates[0].id) for f in scanner.scan(text)]


def test_reports_in_their_own_spellings(scanner: Scanner) -> None:
    """A report is read and its villages are not seen, because it spells them in its own way."""
    text = (
        "Columns moved from Khan Sheikhoun towards Maaret al-Numan, whose hospital was hit. "
        "Kfar Roummah and Deir Sharqi changed hands; Talmans and Masaran did not. "
        "Saraqeb's bakery was shelled, Agence France-Presse reported from Beirut."
    )
    assert _found(scanner, text) == [
        ("Khan Sheikhoun", "khan-sheikhoun"),
        ("Maaret al-Numan", "maarrat-al-numan"),
        ("Kfar Roummah", "kafr-ruma"),
        ("Deir Sharqi", "deir-al-sharqi"),
        ("Talmans", "talmenes"),
        ("Masaran", "masaran"),
        ("Saraqeb", "saraqib"),
    ]


def test_arabic_script_with_prefixes(scanner: Scanner) -> None:
    """In Arabic reports the names after "and" and "in" are lost, or cut wrongly."""
    found = _found(scanner, "قصفت الطائرات معرة النعمان وسراقب وخان شيخون (Saraqeb) أمس.")
    assert found == [
        ("معرة النعمان", "maarrat-al-numan"),
        ("سراقب", "saraqib"),
        ("خان شيخون", "khan-sheikhoun"),
        ("Saraqeb", "saraqib"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Maarrat al-Numan",
        "Ma‘arrat an-Nu‘man",
        "Ma'arat al-Nu'man",
        "Maarrat\nal-Numan",
        "Kafr Nabl",
        "Khan Sheikhoun",
        "al-Bab",
    ],
)
def test_the_longest_name_wins(scanner: Scanner, name: str) -> None:
    """Maarrat al-Numan is reported as Maarrat, Kafr Nabl as Kafr: another place, or none."""
    assert [f.text for f in scanner.scan(f"The army entered {name} at noon.")] == [name]


@pytest.mark.parametrize(
    "before", ["", "🔥🔥 ", "e\u0301a\u0302 ", "\u200f\u202b", "\x00", "«", "\ud83d "]
)
def test_positions_are_code_points(scanner: Scanner, before: str) -> None:
    """Marks in a viewer sit beside the name as soon as an emoji stands before it."""
    text = f"{before}Saraqeb fell"
    (found,) = scanner.scan(text)
    assert text[found.start : found.end] == found.text == "Saraqeb"


def test_news_from_elsewhere_is_left_alone(scanner: Scanner) -> None:
    """A feed about the world fills with villages that nobody wrote about."""
    text = (
        "In March the mayor of Milan, Maria Rossi, met officials from Riga and Astana in Paris. "
        "Hamas, the European Union and President Angela Weber did not comment. On Tuesday, the "
        "Bank of England raised its rate; shares in Seoul, Tokyo and Sydney fell. The Harlem "
        "Globetrotters will play in Havana, Medellín and Santiago de Chile next January."
    )
    assert scanner.spans(text) == []


def test_words_of_persons_and_parties_are_no_places(scanner: Scanner) -> None:
    """Every report names the president and Hayat Tahrir al-Sham; neither is a place."""
    text = "Bashar al-Assad and Hayat Tahrir al-Sham spoke of Syria, said Abu Hassan of Hezbollah."
    assert scanner.spans(text) == []


@pytest.mark.parametrize(
    "text",
    ["A" * 100_000, "Aa'" * 30_000, "Ab-" * 30_000, "ا" * 100_000, "\x00" * 100_000, "K " * 50_000],
)
def test_hostile_text_ends_soon(scanner: Scanner, text: str) -> None:
    """One broken page stops the reading of all others."""
    started = time.perf_counter()
    assert [f.text for f in scanner.scan(f"{text}. Saraqeb fell.")][-1] == "Saraqeb"
    assert time.perf_counter() - started < 5


def _thinned(read: str) -> set[str]:
    """Take one letter out of a reading, two out of a long one, as slowly as it can be said."""
    forms = {read} | {read[:n] + read[n + 1 :] for n in range(len(read))}
    if TWO_APART <= len(read) <= LONGEST_READING:
        for m, n in combinations(range(len(read)), 2):
            forms.add(read[:m] + read[m + 1 : n] + read[n + 1 :])
    return forms


@settings(max_examples=100)
@given(
    names=st.lists(st.text("abdkmrst ", max_size=30), max_size=6),
    phrases=st.lists(st.text("abdkmrst ", max_size=30), max_size=6),
)
def test_near_is_what_letters_taken_out_make_equal(names: list[str], phrases: list[str]) -> None:
    """A spelling a letter off is passed over, or half the world's towns are looked up."""
    known: set[str] = set()
    for name in names:
        words = reading(name).split()
        for form in ("".join(words), "".join(words[1:]), "".join(words[:-1]), *words):
            known |= _thinned(form) if form else set()
    expected = [
        bool(read) and not known.isdisjoint(_thinned(read))
        for read in ("".join(reading(phrase).split()) for phrase in phrases)
    ]
    assert Nearness(names).near(phrases).tolist() == expected


@settings(max_examples=25)
@given(parts=st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_whole_or_in_parts(scanner: Scanner, parts: list[str]) -> None:
    """What is found in a sentence depends on what was read before it."""
    joined, at = [], 0
    for part in parts:
        joined += [s._replace(start=s.start + at, end=s.end + at) for s in scanner.spans(part)]
        at += len(part)
    fresh = Scanner(scanner.gazetteer, not_places=scanner.no_places).spans("".join(parts))
    assert scanner.spans("".join(parts)) == joined == fresh


def test_namesakes_are_settled_together_or_given_as_ambiguous() -> None:
    """A village is put 200 km from the town that the same sentence names."""
    records = [
        {"id": "far", "name": "Hamidiya", "lat": 34.7, "lon": 35.9, "names": []},
        {"id": "near", "name": "Hamidiya", "lat": 35.62, "lon": 36.66, "names": []},
        {"id": "town", "name": "Maarrat al-Numan", "lat": 35.648, "lon": 36.677, "names": []},
    ]
    towns = Gazetteer.from_records(records)
    text = "They went from Maarrat al-Numan to Hamidiya."
    assert scan(text, towns)[1].resolution.candidates[0].id == "near"
    assert scan(text, towns, together=False)[1].resolution.status == "ambiguous"


def test_words_of_the_theatre_are_no_places(scanner: Scanner) -> None:
    """Ancient Mari is read as Marea, whatever the theatre says."""
    text = "They dug at Mari in May."
    assert scanner.spans(text) == []
    assert [s.text for s in Scanner(scanner.gazetteer).spans(text)] == ["Mari"]


def test_names_of_other_towns_can_be_given(scanner: Scanner) -> None:
    """Serikab, a town elsewhere, cannot be kept out though the user knows of it."""
    text = "The train to Serakab was late."
    assert [s.text for s in scanner.spans(text)] == ["Serakab"]
    assert Scanner(scanner.gazetteer, others=["Serakab"]).spans(text) == []


def test_villages_of_the_country_beside_others(bundled_theatre: Theatre) -> None:
    """Villages that the country's list alone has are missed, or found in news of elsewhere."""
    gazetteer = bundled_theatre.gazetteer
    not_places = bundled_theatre.data.reading.not_places
    scanner = Scanner(gazetteer, not_places=not_places, country=True)
    report = "The army took Saraqib on Tuesday, and the villages of Mastouma and Kafr Jalis."
    found = _found(scanner, report)
    assert [text for text, _ in found] == ["Saraqib", "Mastouma", "Kafr Jalis"]
    assert [place_id in gazetteer.alone for _, place_id in found] == [True, False, False]
    news = "Martin Weber flew from Paris to Zürich before Ramadan. Maxar sold Barra to San Carlos."
    assert len(scanner.named(news)) > 2  # like names of the list there are
    assert _found(scanner, news) == []
    # What is reviewed needs nothing else.
    assert _found(scanner, "Saraqib was quiet.") == [("Saraqib", "saraqib")]
    assert _found(scanner, "Mastouma was quiet.") == []


def test_what_a_site_is_names_none(scanner: Scanner) -> None:
    """Every university is a listed one, every San Fernando a village."""
    text = "The University of Oslo has no Electricity. San Fernando sold its Airbase."
    assert _found(scanner, text) == []
    assert [text for text, _ in _found(scanner, "They entered Ebla University.")] == [
        "Ebla University"
    ]
