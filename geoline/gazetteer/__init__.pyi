from .country_list import CountryFolder, read_country, with_country
from .gazetteer import Gazetteer
from .place import KINDS, Place, great_circle_km, read_places, write_places
from .resolution import Candidate, Resolution

__all__ = [
    "KINDS",
    "Candidate",
    "CountryFolder",
    "Gazetteer",
    "Place",
    "Resolution",
    "great_circle_km",
    "read_country",
    "read_places",
    "with_country",
    "write_places",
]
