"""What is recognised as personal data, one kind per file: a file in this folder is registered by being here.

A member defines ``DETECTOR``, a :class:`frontdesk.nodes.scrub.detection.Detector`.
"""
