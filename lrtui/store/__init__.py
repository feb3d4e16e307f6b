"""Reviews on disk: append-only journals in a library folder, and the caches beside them."""
