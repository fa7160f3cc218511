"""Investigation: what opens by itself, and what people answer."""
