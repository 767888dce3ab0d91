from .folding import is_arabic, plain, reading, readings, skeleton
from .spelling_index import SpellingIndex

__all__ = ["SpellingIndex", "is_arabic", "plain", "reading", "readings", "skeleton"]
