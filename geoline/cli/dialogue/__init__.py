"""What every command shares: what is asked, what is answered, and what a terminal shows.

The options of a command come in; the theatre, days and places that they mean go out, and answers as
text that a terminal can take. It imports the faces of the packages, and no command.
"""
