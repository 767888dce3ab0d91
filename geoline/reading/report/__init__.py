"""Sentence after sentence of a report, to claims with places.

A report comes in; claims go out, once what "they", "the town" and each name mean is known. It
imports both languages.
"""
