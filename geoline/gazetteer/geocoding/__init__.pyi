from .fallback import Fallback
from .geocoder import GazetteerGeocoder

__all__ = ["Fallback", "GazetteerGeocoder"]
