"""A pack looked through once: where each thing stands, and what speaks of it. What the rules of `lint` read."""
