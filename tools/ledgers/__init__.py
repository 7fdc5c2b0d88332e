"""The ledger's records and its stores."""
