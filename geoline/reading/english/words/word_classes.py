"""Classes of English words by which a sentence is cut; none of them is a name."""

from __future__ import annotations

from geoline.reading.english.words.event_verbs import verb_forms
from geoline.reading.english.words.word_sets import word_sets

__all__ = [
    "ADVERBS",
    "AUXILIARIES",
    "BE",
    "CLASHES",
    "COORDINATORS",
    "DETERMINERS",
    "DIRECTIONS",
    "FINITE",
    "FORCES",
    "HELPING",
    "HOLDING",
    "HOURS",
    "LED",
    "LIST_OPENERS",
    "NEGATIONS",
    "ORGANISATIONS",
    "PARTIAL",
    "POSSESSIVES",
    "PREPOSITIONS",
    "QUANTITIES",
    "REGION_NOUNS",
    "RELATIVES",
    "SIGNS",
    "SPEECH",
    "SPOKESMEN",
    "STRIKES",
    "SUBORDINATORS",
    "TYPES",
    "VERBS",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text, parted by blanks."""
    return frozenset(text.split())


def _forms(verbs: frozenset[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form, _ in verb_forms(verb))


_CLASSES = word_sets("classes", "classes")
BE = _CLASSES["be"]
NEGATIONS = _CLASSES["negations"]
AUXILIARIES = BE | _CLASSES["auxiliaries"]
ADVERBS = _CLASSES["adverbs"]
FINITE = AUXILIARIES - {"to"}
COORDINATORS = _CLASSES["coordinators"]
SIGNS = _CLASSES["signs"]
RELATIVES = _CLASSES["relatives"]
SUBORDINATORS = _CLASSES["subordinators"]
PREPOSITIONS = _CLASSES["prepositions"]
DIRECTIONS = _CLASSES["directions"]
DETERMINERS = _CLASSES["determiners"]
POSSESSIVES = _CLASSES["possessives"]
# Behind "by": before an hour of the day.
HOURS = _CLASSES["hours"]
# Words behind which names are listed.
LIST_OPENERS = _CLASSES["list_openers"]
PARTIAL = _CLASSES["partial"]
QUANTITIES = _CLASSES["quantities"]
# Nouns for armed men whose side the words before them tell; alone they are whoever was named last.
FORCES = _CLASSES["forces"]
# Nouns that a side's name may stand before without being who acts.
SPOKESMEN = _CLASSES["spokesmen"]
TYPES = _CLASSES["types"]
LED = _CLASSES["led"]
CLASHES = _CLASSES["clashes"]
STRIKES = _CLASSES["strikes"]


# Verbs of saying: a clause may follow them.
SPEECH = _forms(_CLASSES["speech"]) - _CLASSES["speech_no_verbs"]
# Other verbs of the news, so that a clause is seen to begin.
VERBS = _forms(_CLASSES["verbs"]) - _CLASSES["verbs_no_verbs"]
# Nouns behind a region's name; words by which a place or a side is held or helped; words in the
# names of offices and organisations.
REGION_NOUNS = _CLASSES["region_nouns"]
ORGANISATIONS = _CLASSES["organisations"]
HOLDING = _CLASSES["holding"]
HELPING = _CLASSES["helping"]
