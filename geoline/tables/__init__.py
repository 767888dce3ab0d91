"""Tables as people keep them: rows that know their file, number and key.

A file of CSV, JSON or Parquet, plain or packed, comes in; rows go out, and a table or any other
file is written whole or not at all. It imports days and errors.
"""
