"""`python -m contest.cli`: the same as `contest`."""

from contest.cli import main

if __name__ == "__main__":
    main(prog_name="contest")
