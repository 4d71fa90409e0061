"""The one error of the runner, apart from the rest so that it costs no import of Great Expectations."""


class Unreadable(Exception):
    """The input could not be read; the message is a sentence for the person who gave it."""
