"""``python -m callover``."""

from callover.cli import main

if __name__ == "__main__":  # a process that the worker starts beside itself reads this file too
    main()
