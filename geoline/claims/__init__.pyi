from .actor_names import ActorNames
from .claim import EVENTS, Claim, Source, claim_record, ucdp_precision
from .corrections import claims_in_force, correction_fault, retracted_ids
from .days import day_fault, far_off, untimely
from .deaths import Deaths, parse_deaths
from .ledger import (
    CLAIM_COLUMNS,
    DATASETS,
    MORE_COLUMNS,
    SOURCE_COLUMNS,
    add_claims,
    parse_claim,
    read_claims,
    read_sources,
    reads_back,
)

__all__ = [
    "CLAIM_COLUMNS",
    "DATASETS",
    "EVENTS",
    "MORE_COLUMNS",
    "SOURCE_COLUMNS",
    "ActorNames",
    "Claim",
    "Deaths",
    "Source",
    "add_claims",
    "claim_record",
    "claims_in_force",
    "correction_fault",
    "day_fault",
    "far_off",
    "parse_claim",
    "parse_deaths",
    "read_claims",
    "read_sources",
    "reads_back",
    "retracted_ids",
    "ucdp_precision",
    "untimely",
]
