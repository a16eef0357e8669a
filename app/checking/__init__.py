"""Whether this installation is fit for real people: what is looked at, and the command that says what to mend."""
