"""What a learning review is. Pure: no files, no clock of its own, no screen."""
