"""Grading: submissions of a class run in isolation, judged to points, kept in a gradebook.

`assignment` says what is asked, `submissions` what was handed in; `functions`, `derivations` and `laws` judge one item of one
student, `run` a class; `gradebook` keeps, `exports` writes, `feedback` holds every text that a student reads.
"""
