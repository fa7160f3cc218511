"""Tracking: who watches which parcel, what channels are asked and tell."""
