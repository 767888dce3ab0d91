from .folding import is_arabic, plain, reading, readings, skeleton
from .other_forms import other_forms
from .spelling_index import SpellingIndex

__all__ = ["SpellingIndex", "is_arabic", "other_forms", "plain", "reading", "readings", "skeleton"]
