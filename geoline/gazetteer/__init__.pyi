from .gazetteer import Gazetteer
from .place import Place, great_circle_km, read_places
from .resolution import Candidate, Resolution

__all__ = ["Candidate", "Gazetteer", "Place", "Resolution", "great_circle_km", "read_places"]
