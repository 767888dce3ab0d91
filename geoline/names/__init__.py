"""A name as it is written, and which listed names it may be.

A spelling in any script comes in; its skeleton, its readings and the listed spellings near it, each
with what the difference is worth, go out. It imports nothing of geoline.
"""
