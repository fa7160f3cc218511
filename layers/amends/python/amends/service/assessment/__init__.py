"""Assessment: a case's facts through the engine."""
