from .asked import Asked
from .make import Made, make_theatre
from .world import Country, World, world

__all__ = ["Asked", "Country", "Made", "World", "make_theatre", "world"]
