"""What changed in meaning between two versions of a pack, over all answers: which cases, how, the smallest of each."""
