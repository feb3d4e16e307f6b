"""lrtui: run a live, blameless learning review of an incident from the terminal."""

__version__ = "0.1.0"
