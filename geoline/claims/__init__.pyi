from .actor_names import ActorNames
from .claim import EVENTS, Claim, Source, ucdp_precision
from .corrections import claims_in_force, correction_fault, retracted_ids
from .ledger import CLAIM_COLUMNS, MORE_COLUMNS, add_claims, parse_claim, read_claims, read_sources

__all__ = [
    "CLAIM_COLUMNS",
    "EVENTS",
    "MORE_COLUMNS",
    "ActorNames",
    "Claim",
    "Source",
    "add_claims",
    "claims_in_force",
    "correction_fault",
    "parse_claim",
    "read_claims",
    "read_sources",
    "retracted_ids",
    "ucdp_precision",
]
