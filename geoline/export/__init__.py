"""A day or a span of days for GIS and print.

The theatre as known and days come in; one file in the format of its extension goes out, whole or
not at all. It imports the situation and the theatre's folder.
"""
