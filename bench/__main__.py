"""`python -m bench`: how fast the service is."""

from bench.speed import main

main()
