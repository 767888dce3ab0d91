"""Every day as one HTML page.

The theatre as known comes in; one file goes out that asks nothing of any host. It imports what
comes before it, but reading.
"""
