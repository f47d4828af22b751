"""What changed in meaning between two versions of a pack, over all answers: which cases, how, and the smallest of them."""
