from .asked import Asked
from .make import Made, make_theatre
from .world import Country, World, land_in, world

__all__ = ["Asked", "Country", "Made", "World", "land_in", "make_theatre", "world"]
