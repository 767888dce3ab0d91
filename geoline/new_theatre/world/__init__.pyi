from .countries import Country, Lake, World, world

__all__ = ["Country", "Lake", "World", "world"]
