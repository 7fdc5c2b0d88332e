"""What may be wrong with pages that can be loaded: old, contradictory, unreachable, unused."""
