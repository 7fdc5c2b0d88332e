"""Templates of attacks and of honest texts, written for this project."""
