"""What `playbook lint` does: has the rules look at a pack, leaves out what is intended, and tells the rest."""
