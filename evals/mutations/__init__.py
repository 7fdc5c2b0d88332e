"""Mutated calls over every contract of a desk: what reaches a connector, judged by other means than the gateway's."""
