"""MPs: the public register of them, the positions each records personally, and the brief an MP reads in a minute."""
