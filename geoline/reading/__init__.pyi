from .english.days.day_phrases import NUMBER_WORDS
from .english.days.days import days_said
from .english.words.word_classes import word_set
from .extractor import Extractor
from .languages import language_not_read
from .report.sentences import sentences
from .shared.extracted_claim import ExtractedClaim, once
from .shared.item import DaysSaid
from .shared.side_words import SideWords
from .shared.told_event import HAPPENED

__all__ = [
    "HAPPENED",
    "NUMBER_WORDS",
    "DaysSaid",
    "ExtractedClaim",
    "Extractor",
    "SideWords",
    "days_said",
    "language_not_read",
    "once",
    "sentences",
    "word_set",
]
