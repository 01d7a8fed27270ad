"""The numbers and claims of a text, judged where they stand."""

from mathcore.verify.prose.corrections import corrected, diff, fixes
from mathcore.verify.prose.judge import Judged, Outcome, Word, in_the_language, judge, judged

__all__ = ["Judged", "Outcome", "Word", "corrected", "diff", "fixes", "in_the_language", "judge", "judged"]
