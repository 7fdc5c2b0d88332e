"""A token-classification head on a small pretrained encoder: finds names and addresses by what the sentence says."""
