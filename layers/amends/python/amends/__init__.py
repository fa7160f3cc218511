"""Amends carries one parcel incident from the first report to the last answer."""
