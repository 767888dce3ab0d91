from .grammar import bearing, parse_relation
from .relations import Relation, locate, relation_record

__all__ = ["Relation", "bearing", "locate", "parse_relation", "relation_record"]
