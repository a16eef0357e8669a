"""The record of changes: every change writes a row, and batches of rows are sealed one over the other."""
