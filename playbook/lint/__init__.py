"""What `playbook lint` does: reads a pack, has the rules look at it, leaves out what is intended, and tells the rest."""
