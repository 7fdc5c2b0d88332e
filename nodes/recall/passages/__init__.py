"""Search in the desk's pages: an index of their sections, how certain it is that one covers a question, its order."""
