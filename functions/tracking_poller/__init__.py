"""Parcels are asked about."""
