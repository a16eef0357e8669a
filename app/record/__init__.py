"""The record of what was done, as everybody may read it, and as clerks may."""
