"""The forum's programme: an immutable document, the readers that make it, and what people ask of it."""
