from .afterwards import Frozen
from .bulk import Folding, fold_ledger
from .evidence import MILLION, Alliances, Tally, Weigher, certainty
from .history import History, place_history
from .holders import spells_of_all
from .rule import LEAST
from .spells import Baseline, Spell, spell_on

__all__ = [
    "LEAST",
    "MILLION",
    "Alliances",
    "Baseline",
    "Folding",
    "Frozen",
    "History",
    "Spell",
    "Tally",
    "Weigher",
    "certainty",
    "fold_ledger",
    "place_history",
    "spell_on",
    "spells_of_all",
]
