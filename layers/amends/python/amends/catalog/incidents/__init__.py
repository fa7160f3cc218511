"""Incident kinds, one file each."""
