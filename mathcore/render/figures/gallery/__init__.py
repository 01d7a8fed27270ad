"""The figures, a file a group; each is found by its name."""
