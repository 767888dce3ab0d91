"""A figure's quantity, measured on the map.

A figure and the theatre as known come in; the same quantity goes out. It imports `figures` and
`meaning`.
"""
