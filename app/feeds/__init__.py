"""Following: feeds of what became public, calendars of when ballots close, and the page that lists them."""
