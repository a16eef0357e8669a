"""The demonstration: members to try the service as, a clock to move, and a platform that already lives."""
