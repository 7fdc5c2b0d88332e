"""How well messages are routed, and how sure the router is: measured, calibrated, watched for drift."""
