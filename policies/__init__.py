"""The rulebook: what the alliance has agreed must hold. Plain Python, without the web or a database."""
