"""What every page shares: permissions at the door, transactions, errors, headers, the look's files."""
