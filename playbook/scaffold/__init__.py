"""What `new` and `init` write: texts to start from, made for a pack, and files that never take the place of others."""
