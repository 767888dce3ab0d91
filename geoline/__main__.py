# PYTHON_ARGCOMPLETE_OK
"""`python -m geoline` is the command `geoline`."""

from geoline.cli import main

if __name__ == "__main__":
    main()
