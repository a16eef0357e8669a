"""What was decided: the file of each round, recounts, the register of decisions, the timeline of stances."""
