"""Talking to people, and listening: what is said, when, by which way."""
