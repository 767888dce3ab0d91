from .address import Address, is_address, without_password
from .checkout import checked_out, fault_of_tables
from .write import postgis_answer, write_postgis

__all__ = [
    "Address",
    "checked_out",
    "fault_of_tables",
    "is_address",
    "postgis_answer",
    "without_password",
    "write_postgis",
]
