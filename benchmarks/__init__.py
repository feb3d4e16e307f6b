"""Speed and size, measured against the floor in the same run."""
