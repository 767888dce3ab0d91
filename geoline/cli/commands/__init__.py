"""One file a command.

Each adds its `arguments` to a parser, and its `run` turns the options into an answer: data for
`--json`, lines for a reader, an exit status. They import the faces of the packages and what
commands share; packages answer lazily, so that a command's arguments cost nothing of its libraries.
"""
