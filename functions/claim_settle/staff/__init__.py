"""Everything for staff over HTTP, a subject a module."""
