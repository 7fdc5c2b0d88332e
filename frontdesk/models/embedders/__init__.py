"""Texts to vectors: a local encoder or a provider's model, behind one time bound, one breaker and one memory."""
