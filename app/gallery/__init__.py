"""The gallery: every part that pages are made of, in every state, and the colours and sizes; not in production."""
