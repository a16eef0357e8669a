"""Standing orders: each group's own rules, in every version; how two of its clerks change them; what a round keeps."""
