"""How far the estimate of tokens lies from what real tokenizers count."""
