"""Forms: what a request needs, what the customer gave for it so far, and what to ask next. Pure, free of LangGraph."""
