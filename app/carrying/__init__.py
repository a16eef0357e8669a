"""Carry it away: planks, comparisons, amendments, the platform and meeting papers as files, and tables as workbooks."""
