"""Talking: what people and we say to each other, and are asked afterwards."""
