"""The goods themselves: inspected, set apart, found again, brought to the right door."""
