"""A gazetteer behind geopy.

A query as geopy takes it comes in; a geopy location goes out, of the gazetteer's own places or, if
it was asked for, of an online geocoder whose answers are kept. It imports the gazetteer.
"""
