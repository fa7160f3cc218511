"""Runtime: settings, clock and wired adapters; the composition root, all lazy."""
