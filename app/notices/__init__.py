"""Notices: telling members, on the site and by mail, what happened to what concerns them, as they chose."""
