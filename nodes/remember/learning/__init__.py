"""What a turn teaches of the customer: preferences and facts in their own words, by rule or by a model."""
