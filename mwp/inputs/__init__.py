"""What people hand in: household files, jobs, dates and money, read strictly, with file and line in every error.

Nothing is imported here, so that a command can read a date without waiting for the household models.
"""
