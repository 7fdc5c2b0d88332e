"""Who serves this turn: a pure function of the state."""
