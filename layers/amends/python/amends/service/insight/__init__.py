"""Insight: what cases add up to, and what is learnt from them."""
