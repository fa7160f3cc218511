"""Compensation regimes, one file each."""
