"""Report files into a table of claims that people edit.

Files and folders of reports come in; a table of claims goes out, resumed where a run ended, over a
cluster if wanted. It imports reading, the theatre's folder, claims and tables.
"""
