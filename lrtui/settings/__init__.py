"""What a person has made their own: the values, and reading and writing them. Pure; finding the file is the verbs'."""
