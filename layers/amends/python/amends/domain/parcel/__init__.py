"""The parcel: its number, its scans, what they mean together."""
