"""The audit's chain: records that prove their own order and completeness."""
