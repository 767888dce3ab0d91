from .live_map import MapWidget

__all__ = ["MapWidget"]
