"""`python -m tagmart.mutate`; a module of its own, since worker processes import command and must not run it."""

from tagmart.mutate.command import main

if __name__ == "__main__":
    main()
