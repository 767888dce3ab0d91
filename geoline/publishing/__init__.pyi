from .publish import Published, publish

__all__ = ["Published", "publish"]
