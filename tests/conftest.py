"""How the tests run: the two Hypothesis profiles, chosen by HYPOTHESIS_PROFILE."""

import os

from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=200)
settings.register_profile("nightly", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
