"""The condition language: read, checked against the names it speaks of, and asked "true?" and "false?"."""
