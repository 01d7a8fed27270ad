"""Every text that a student reads, as templates with named places: another language is another table of these.

What a student is told never holds the answer: what a call gives is said, what it should give is not; a wrong line is named
with its slip, what would have been right is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 400  # characters of one place

ENGLISH: Mapping[str, str] = {
    # what was handed in
    "link": "{file} is a link and was not followed. Hand in the file itself.",
    "archive": "{file} is an archive and was not unpacked. Hand in the files themselves.",
    "unreadable": "{file} cannot be read. Hand it in again.",
    "no_file": "{file} is no ordinary file. Hand in a file.",
    "huge": "{file} is larger than the {most} bytes that are read. Hand in less.",
    "crowded": "There are more than {most} files and folders, or they lie too deep. Hand in only what is asked for.",
    "twice": "There are two submissions under one name ({places}), and nobody can say which counts. Hand in one.",
    "late": "Handed in after the deadline.",
    "no_such_file": "Nothing was handed in: no file matches {patterns}.",
    "not_text": "{file} is not UTF-8. Save it as UTF-8.",
    # functions
    "no_function": "There is no function {name} in {files}. Found were: {found}.",
    "not_loaded": "{file} could not be loaded: it {reason}.",
    "several_files": "Several files have a function {name}; the one in {file} was judged.",
    "right": "Everything that was asked for holds.",
    "shows": "{shown}. That is not what the definition gives.",
    "looks_like": "It looks like this slip: {slip}.",
    "meaning": "What goes wrong with it: {meaning}.",
    "free": "The values of {names} do not matter for this.",
    "simple_lost": "Some simple inputs or worked examples come out wrong.",
    "hard_lost": "Some inputs that are large, tiny, close together, masked or long come out wrong.",
    "card_accuracy": "The digits are those of ordinary code; here the accuracy of the card is asked for.",
    "lengths_lost": "Some lengths come out wrong.",
    "formats_lost": "In {name} some results are wrong. {shown}",
    "batches_lost": "Many inputs at once are not treated as each alone. {shown}",
    "batches_required": "A batch, one input a row, is asked for here and gets no value for each row: {shown}.",
    "edges_lost": "At an edge something is wrong. {shown}",
    "manners_lost": "How the function behaves towards its caller is wrong. {shown}",
    "laws_lost": "The law “{name}” does not hold. {shown}",
    "capped": "Single inputs come out wrong: only what holds of values and laws counts, up to half of the points.",
    "values_first": "This counts only where the values of single inputs are right.",
    "too_slow": "At least one call took longer than {seconds} s and was ended; it counts as wrong.",
    "unjudged_nothing": "No result of the function could be compared. Your teacher will look at it.",
    "unjudged_silent": "What ordinary code reaches is not known for many of its results. Your teacher will look at it.",
    "unjudged_conflict": "Two checks contradict each other, which is no fault of yours. Your teacher will look at it.",
    # derivations
    "unreadable_page": "The page {file} cannot be read: {reason}.",
    "no_derivation": "There is no derivation in {files}. Write one in a fence: ```derivation name.",
    "none_shows": "No derivation here shows {show}. Those that are here show: {claims}.",
    "other_statement": "This derivation shows {claim}. What is asked for is {show}: no points.",
    "assumes": "This derivation assumes {assumed}, which the exercise does not give: no points.",
    "line_follows": "Follows from the line before.",
    "line_wrong": "Does not follow from the line before: {counterexample}.",
    "line_slip": "Does not follow from the line before. It looks like this slip: {slip}.",
    "line_open": "Whether it follows could not be decided. Your teacher will look at it.",
    "line_same": "Says the same as the line before, and counts as no step.",
    "line_leap": "Is the whole claim in one line: that is no derivation. Write the steps.",
    "line_unread": "Cannot be read: {reason}.",
    "after_slip": "Comes after a line that does not follow, and the derivation does not end where it should.",
    "few_steps": "At least {least} steps are asked for; here are {steps}.",
    "spoilt": "The end is not what was asked for, after a line that does not follow: what comes before it counts, up to half.",
    # laws
    "no_law": "There is no law in {files}. Write one in a fence: ```laws, as name: statement.",
    "law_false": "The law {law} is false: {counterexample}.",
    "law_open": "Whether {law} is true could not be decided. Your teacher will look at it.",
    "law_unread": "{law} cannot be read: {reason}.",
    "law_silent": "{law} is true, and catches no wrong implementation: it says nothing about {function}.",
    "law_definition": "{law} is the definition itself, read once more: no law.",
    "law_catches": "{law} is true, and catches {caught} of {all} wrong implementations; {needed} make full points.",
    "laws_many": "Only the first {most} laws were judged.",
    # a class
    "died": "The judge ended twice at this submission ({reason}). It was not judged; your teacher will look at it.",
    "overridden": "Set by the teacher: {reason}",
    "kept": "A later judgement came to {points}; what was shown once is kept.",
    # titles of parts
    "title_simple": "simple inputs",
    "title_hard": "hard inputs",
    "title_lengths": "every length",
    "title_formats": "format {name}",
    "title_batches": "batches and axes",
    "title_edges": "edges",
    "title_manners": "manners",
    "title_laws": "law: {name}",
    "title_line": "line {line}: {text}",
    "title_whole": "the whole",
    "title_steps": "number of steps",
    "title_lines": "lines",
    "title_law_stated": "law",
    "title_law": "law: {text}",
}


@dataclass(frozen=True)
class Message:
    """Which template, and what stands in its places."""

    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> list[Any]:
        return [self.key, dict(self.fields)]

    @staticmethod
    def from_json(data: Any) -> Message:
        return Message(str(data[0]), dict(data[1]))


def said(message: Message, language: Mapping[str, str] = ENGLISH) -> str:
    """The text of a message, on one line."""
    places = {name: _short(value) for name, value in message.fields.items()}
    return " ".join(language[message.key].format_map(places).split())


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 4] + " ..."


KINDS = re.compile(r"raises (TimedOut|OutOfMemory|Died|NotNumbers|BadReply|NotRun): ")  # outcomes of a box, no exceptions
ANSWER = re.compile(r"(; |, )(entry \d+: )?(exact|the limit is|the mean of its rows is|off by|expected)\b.*", re.DOTALL)


def without_answer(shown: str) -> str:
    """What a call gives, without what it should give."""
    return KINDS.sub("", ANSWER.sub("", shown)).strip().rstrip(".;")
