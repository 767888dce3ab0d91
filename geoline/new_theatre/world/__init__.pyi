from .countries import Country, Lake, World, land_in, world

__all__ = ["Country", "Lake", "World", "land_in", "world"]
