"""What is proved of a pack over all answers: red lines, lines and questions in vain, nothing milder where it is worse."""
