"""Published figures held against the map.

A table of figures comes in; a verdict for each goes out, with its reason. It imports what comes
before it; of reading, the days in words.
"""
