"""Reading the platform: home, themes, planks with who backs which words, versions, comparisons, decisions."""
