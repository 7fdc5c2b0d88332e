"""Whether the answer cache ever gives a wrong answer, and how often it gives a right one."""
