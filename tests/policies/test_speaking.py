"""Nobody speaks for two groups in one matter."""

import pytest

from policies.errors import RuleBroken
from policies.speaking import require_own_voice


@pytest.mark.parametrize("said", [{}, {"green": 1}, {"green": 2, "labour": 1}])
def test_a_clerk_speaks_for_the_own_group_also_once_more(said):
    require_own_voice(said, "green", 1) if "labour" not in said else require_own_voice(said, "labour", 1)


@pytest.mark.parametrize("said", [{"green": 1}, {"green": 1, "labour": 2}])
def test_who_has_spoken_for_one_group_does_not_speak_for_another(said):
    with pytest.raises(RuleBroken, match="nobody speaks for two"):
        require_own_voice(said, "labour", 1)
