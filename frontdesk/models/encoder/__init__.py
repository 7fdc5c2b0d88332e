"""The local sentence encoder (MiniLM) as ONNX: what the head of the scrubber and the embedder `minilm` share."""
