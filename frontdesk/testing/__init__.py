"""Doubles that frontdesk publishes: a scripted chat model and a loopback server that speaks OpenAI's protocol."""
