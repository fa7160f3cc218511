"""One case: its events, its state, and the decisions about it."""
