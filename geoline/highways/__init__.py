"""Roads as measured lines.

Way-points or a course come in; kilometres, and what lies at which of them, go out. It imports
errors alone.
"""
