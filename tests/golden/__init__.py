"""What is stored or public, word for word: it outlives every restructuring of the code."""
