"""Regimes of China, one file each."""
