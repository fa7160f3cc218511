"""The emulator, corrected where it differs from AWS in ways that this product would notice."""
