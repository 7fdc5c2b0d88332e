"""What is learnt from data: sentences that are written by a generator, and the models fitted on them."""
