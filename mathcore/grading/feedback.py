"""Every text that a student reads, as templates with named places, in the language in use.

What a student is told never holds the answer: what a call gives is said, what it should give is not; a wrong line is named
with its slip, what would have been right is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mathcore.translation import N_, _, sentence

LONGEST = 400  # characters of one place

ENGLISH: Mapping[str, str] = {
    # what was handed in
    "link": N_("{file} is a link and was not followed. Hand in the file itself."),
    "archive": N_("{file} is an archive and was not unpacked. Hand in the files themselves."),
    "unreadable": N_("{file} cannot be read. Hand it in again."),
    "no_file": N_("{file} is no ordinary file. Hand in a file."),
    "huge": N_("{file} is larger than the {most} bytes that are read. Hand in less."),
    "crowded": N_("There are more than {most} files and folders, or they lie too deep. Hand in only what is asked for."),
    "twice": N_("There are two submissions under one name ({places}), and nobody can say which counts. Hand in one."),
    "late": N_("Handed in after the deadline."),
    "no_such_file": N_("Nothing was handed in: no file matches {patterns}."),
    "not_text": N_("{file} is not UTF-8. Save it as UTF-8."),
    # functions
    "no_function": N_("There is no function {name} in {files}. Found were: {found}."),
    "not_loaded": N_("{file} could not be loaded: it {reason}."),
    "several_files": N_("Several files have a function {name}; the one in {file} was judged."),
    "right": N_("Everything that was asked for holds."),
    "shows": N_("{shown}. That is not what the definition gives."),
    "looks_like": N_("It looks like this slip: {slip}."),
    "meaning": N_("What goes wrong with it: {meaning}."),
    "free": N_("The values of {names} do not matter for this."),
    "simple_lost": N_("Some simple inputs or worked examples come out wrong."),
    "hard_lost": N_("Some inputs that are large, tiny, close together, masked or long come out wrong."),
    "card_accuracy": N_("The digits are those of ordinary code; here the accuracy of the card is asked for."),
    "lengths_lost": N_("Some lengths come out wrong."),
    "formats_lost": N_("In {name} some results are wrong. {shown}"),
    "batches_lost": N_("Many inputs at once are not treated as each alone. {shown}"),
    "batches_required": N_("A batch, one input a row, is asked for here and gets no value for each row: {shown}."),
    "edges_lost": N_("At an edge something is wrong. {shown}"),
    "manners_lost": N_("How the function behaves towards its caller is wrong. {shown}"),
    "laws_lost": N_("The law “{name}” does not hold. {shown}"),
    "capped": N_("Single inputs come out wrong: only what holds of values and laws counts, up to half of the points."),
    "values_first": N_("This counts only where the values of single inputs are right."),
    "too_slow": N_("At least one call took longer than {seconds} s and was ended; it counts as wrong."),
    "unjudged_nothing": N_("No result of the function could be compared. Your teacher will look at it."),
    "unjudged_silent": N_("What ordinary code reaches is not known for many of its results. Your teacher will look at it."),
    "unjudged_conflict": N_("Two checks contradict each other, which is no fault of yours. Your teacher will look at it."),
    # derivations
    "unreadable_page": N_("The page {file} cannot be read: {reason}."),
    "no_derivation": N_("There is no derivation in {files}. Write one in a fence: ```derivation name."),
    "none_shows": N_("No derivation here shows {show}. Those that are here show: {claims}."),
    "other_statement": N_("This derivation shows {claim}. What is asked for is {show}: no points."),
    "assumes": N_("This derivation assumes {assumed}, which the exercise does not give: no points."),
    "line_follows": N_("Follows from the line before."),
    "line_wrong": N_("Does not follow from the line before: {counterexample}."),
    "line_slip": N_("Does not follow from the line before. It looks like this slip: {slip}."),
    "line_open": N_("Whether it follows could not be decided. Your teacher will look at it."),
    "line_same": N_("Says the same as the line before, and counts as no step."),
    "line_leap": N_("Is the whole claim in one line: that is no derivation. Write the steps."),
    "line_unread": N_("Cannot be read: {reason}."),
    "after_slip": N_("Comes after a line that does not follow, and the derivation does not end where it should."),
    "few_steps": N_("At least {least} steps are asked for; here are {steps}."),
    "spoilt": N_(
        "The end is not what was asked for, after a line that does not follow: what comes before it counts, up to half."
    ),
    # laws
    "no_law": N_("There is no law in {files}. Write one in a fence: ```laws, as name: statement."),
    "law_false": N_("The law {law} is false: {counterexample}."),
    "law_open": N_("Whether {law} is true could not be decided. Your teacher will look at it."),
    "law_unread": N_("{law} cannot be read: {reason}."),
    "law_silent": N_("{law} is true, and catches no wrong implementation: it says nothing about {function}."),
    "law_definition": N_("{law} is the definition itself, read once more: no law."),
    "law_catches": N_("{law} is true, and catches {caught} of {all} wrong implementations; {needed} make full points."),
    "laws_many": N_("Only the first {most} laws were judged."),
    # a class
    "died": N_("The judge ended twice at this submission ({reason}). It was not judged; your teacher will look at it."),
    "overridden": N_("Set by the teacher: {reason}"),
    "kept": N_("A later judgement came to {points}; what was shown once is kept."),
    # titles of parts
    "title_simple": N_("simple inputs"),
    "title_hard": N_("hard inputs"),
    "title_lengths": N_("every length"),
    "title_formats": N_("format {name}"),
    "title_batches": N_("batches and axes"),
    "title_edges": N_("edges"),
    "title_manners": N_("manners"),
    "title_laws": N_("law: {name}"),
    "title_line": N_("line {line}: {text}"),
    "title_whole": N_("the whole"),
    "title_steps": N_("number of steps"),
    "title_lines": N_("lines"),
    "title_law_stated": N_("law"),
    "title_law": N_("law: {text}"),
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


def said(message: Message) -> str:
    """The text of a message, on one line."""
    places = {name: _short(sentence(str(value))) for name, value in message.fields.items()}
    return " ".join(_(ENGLISH[message.key]).format_map(places).split())


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 4] + " ..."


KINDS = re.compile(r"raises (TimedOut|OutOfMemory|Died|NotNumbers|BadReply|NotRun): ")  # outcomes of a box, no exceptions
ANSWER = re.compile(r"(; |, )(entry \d+: )?(exact|the limit is|the mean of its rows is|off by|expected)\b.*", re.DOTALL)


def without_answer(shown: str) -> str:
    """What a call gives, without what it should give."""
    return KINDS.sub("", ANSWER.sub("", shown)).strip().rstrip(".;")
