"""The HTTP door: FastAPI with LangServe's routes."""
