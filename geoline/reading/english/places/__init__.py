"""Which places an English verb or noun means.

Items and a verb come in; the places it takes go out. It imports `words`, `days` and `sentence`.
"""
