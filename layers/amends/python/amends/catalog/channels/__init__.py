"""Tracking channels, one file each."""
