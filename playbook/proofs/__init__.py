"""What is proved of a pack over all answers: red lines, no line or question in vain, nothing milder where worse."""
