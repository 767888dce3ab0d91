from .actor_names import ActorNames
from .claim import EVENTS, Claim, Source, ucdp_precision
from .corrections import correction_fault, standing, taken_back
from .ledger import CLAIM_COLUMNS, MORE_COLUMNS, add_claims, parse_claim, read_claims, read_sources

__all__ = [
    "CLAIM_COLUMNS",
    "EVENTS",
    "MORE_COLUMNS",
    "ActorNames",
    "Claim",
    "Source",
    "add_claims",
    "correction_fault",
    "parse_claim",
    "read_claims",
    "read_sources",
    "standing",
    "taken_back",
    "ucdp_precision",
]
