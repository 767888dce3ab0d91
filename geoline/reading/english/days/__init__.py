"""Days in English words.

A text and its day of publication come in; the days it names go out as intervals with their
precision. It imports `words` and `reading.shared`.
"""
