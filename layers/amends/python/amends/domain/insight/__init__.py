"""Insight: what all cases and parcels together say, and what is changed because of it."""
