"""What `diff` does: two versions found and read, what changed reviewed, and told to people and to programs."""
