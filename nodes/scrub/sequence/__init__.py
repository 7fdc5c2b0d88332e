"""Names and addresses by a conditional random field: tokens, features, decoding and the model file."""
