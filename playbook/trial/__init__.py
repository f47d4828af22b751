"""What `test` does: runs the scenarios of a pack, and tells what came of it, to people and to programs."""
