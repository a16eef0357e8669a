"""Papers: what is carried away as a file, described once and written as PDF, Word, OpenDocument or Markdown."""
