"""What the templates of the site say, as strings of the program: `{{ say.search }}`."""

from mathcore.translation import N_, _

SAID = {
    "description": N_("The formulas of machine learning, each with a derivation whose every line is checked."),
    "theme": N_("Light, dark, or as the system has it"),
    "pages": N_("Pages"),
    "all_pages": N_("All pages"),
    "on_this_page": N_("On this page"),
    "skip": N_("Skip to content"),
    "top": N_("Back to top"),
    "around": N_("Before and after"),
    "next": N_("Next"),
    "previous": N_("Previous"),
    "changelog": N_("Changelog"),
    "cite": N_("How to cite"),
    "please_cite": N_("If you use mathcore in teaching or research, please cite it."),
    "edit": N_("Edit this page"),
    "search": N_("Search"),
    "language": N_("Language"),
    "needs_script": N_("The search needs JavaScript. The index of formulas names them all."),
    "nothing": N_("Nothing found. Fewer or other words may help."),
    "one_page": N_("1 page"),
    "many_pages": N_("{} pages"),
    "open_all": N_("Open all lines"),
    "close_all": N_("Close all lines"),
    "scrolls": N_("Wide: scrolls sideways"),
}


def said() -> dict[str, str]:
    """In the language of the site."""
    return {name: _(text) for name, text in SAID.items()}
