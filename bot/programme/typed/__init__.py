"""What people type, as the bot understands it: what a word means, and what it was meant to be."""
