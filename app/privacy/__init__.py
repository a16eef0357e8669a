"""Data rights: what is kept and why, an archive of one's own data, erasing an account, and what the clock forgets."""
