"""``python -m callover``."""

from callover.cli import main

main()
