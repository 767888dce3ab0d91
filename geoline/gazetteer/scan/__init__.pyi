from .listed_names import LONG, Listed, ListedNames
from .scanner import Found, Scanner, Span, scan
from .word_filter import FUNCTION_WORDS

__all__ = ["FUNCTION_WORDS", "LONG", "Found", "Listed", "ListedNames", "Scanner", "Span", "scan"]
