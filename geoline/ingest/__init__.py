"""Datasets and own rows into a theatre's ledger.

An export of ACLED, UCDP GED or VIINA, or own claims, come in; new rows of the ledger go out, whole
or not at all, and every row set aside is told. It imports the theatre's folder, the gazetteer,
claims and tables.
"""
