"""What the http connector is made of: options, requests, guarded connections, answers and what they mean."""
