"""The documents, and the scripts that make what in them is made from the program itself."""
