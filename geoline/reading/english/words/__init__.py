"""Classes of English words.

Words go out as sets and tables for the other rooms. It imports `reading.shared`.
"""
