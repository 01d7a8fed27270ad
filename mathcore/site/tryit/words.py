"""What the script of "Try it" says, as strings of the program."""

from mathcore.translation import N_, _

SAID = {
    "change": N_("Try it: change a line"),
    "write": N_("Try it: write it yourself"),
    "solve": N_("Try it: give your answer"),
    "file": N_(
        "Opened from a file, this page cannot start the prover: browsers do not allow it. From any web server it "
        "can: run python -m http.server in the folder of this site and open http://localhost:8000. The evidence of "
        "every line is on its page all the same."
    ),
    "old": N_(
        "This browser cannot run the prover; one of the last three years can. The evidence of every line is on its "
        "page all the same."
    ),
    "cost": N_(
        "The prover can run here, in your browser. For that {size} MB are loaded from this site, once. Nothing that "
        "you write is sent anywhere."
    ),
    "size": N_("{size} MB"),
    "start": N_("Start the prover"),
    "again": N_("Try again"),
    "stop": N_("Stop"),
    "stopped": N_("it was stopped"),
    "progress": N_("The prover is being loaded"),
    "loading": N_("Loading {size} MB from this site."),
    "starting": N_("Loaded. The prover starts, which takes some seconds."),
    "failed": N_("The prover could not be started: {why}"),
    "unreachable": N_("its files could not be loaded"),
    "ready": N_("The prover runs in your browser."),
    "waiting": N_("Waiting for the prover …"),
    "judging": N_("Judging …"),
    "looking": N_("Looking for what went wrong …"),
    "follows": N_("Follows"),
    "proved": N_("Proved"),
    "wrong": N_("Wrong"),
    "refuted": N_("Refuted"),
    "open": N_("Not decided"),
    "unread": N_("Not understood"),
    "as_said": N_("False, as it says"),
    "local": N_("Not judged here"),
    "conditional": N_("Proved but for a condition"),
    "where": N_("where {where}"),
    "lemmas": N_("by {lemmas}"),
    "point": N_("at this point: {point}"),
    "column": N_("at character {column}"),
    "slip": N_("It looks like this slip: {slip}."),
    "lacks": N_("It would follow if {lacks}."),
    "line": N_("Line {number}"),
    "judge": N_("Judge"),
    "back": N_("As it was"),
    "begins": N_("It begins with"),
    "given": N_("What is given"),
    "own": N_("Your own way to {claim}"),
    "own_hint": N_(
        "A line for each step, beginning with a relation: = or <= or <. It begins with {first}, which is not "
        "written again. Control and Enter judge it."
    ),
    "judge_all": N_("Judge my lines"),
    "not_yet": N_("Go on from the first line that does not follow."),
    "nothing": N_("Nothing is written yet."),
    "claim": N_("Your claim"),
    "given_hint": N_("Every letter with what it is, and what is assumed, with semicolons between."),
    "prove": N_("Prove or refute"),
    "try": N_("Try it"),
    "page": N_("Your page, in Markdown"),
    "judge_page": N_("Check it"),
    "at": N_("Line {line}, character {column}:"),
    "at_line": N_("Line {line}:"),
    "no_pieces": N_("Nothing was found that could be judged. Put a derivation into a fence: ```derivation name."),
    "answer": N_("Your answer"),
    "answer_hint": N_("A formula in the letters of the exercise. Control and Enter judge it."),
}


def said() -> dict[str, str]:
    """In the language that is chosen."""
    return {key: _(text) for key, text in SAID.items()}
