"""A table of published figures.

Rows come in; what is counted, the numbers and the days go out. It imports tables and reading.
"""
