"""The conversation with a person at the keys: what is put to them, how it is drawn or printed, and what is kept."""
