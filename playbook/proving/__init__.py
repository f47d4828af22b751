"""What `verify` does: a pack proved, and what does not hold told to people and to programs."""
