"""What of all that could be shown is shown: the prompt fitted into its budget of tokens."""
