"""These pages as a site with search, in light and dark: `pip install ".[docs]"`, then `python -m sphinx docs build/site`."""

import re

project = "mathcore"
root_doc = "contents"
extensions = ["myst_parser", "sphinx_copybutton"]
exclude_patterns = ["evidence", "tutorials/grading"]
myst_fence_as_directive = ["math"]  # mathematics is spelled as code hosts do: ```math fences and $`..`$
locale_dirs = ["locale"]  # other languages: `python -m sphinx -D language=ko docs build/site/ko`
gettext_compact = False
myst_heading_anchors = 4  # links lead to headings, as on any reader of Markdown
html_theme = "furo"
html_title = "mathcore"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
suppress_warnings = ["myst.xref_missing"]  # files beside the pages: speed.json


def setup(app):
    """Reads $`..`$ as the role that MyST has for it."""

    def spell(app, name, source):
        source[0] = re.sub(r"\$`([^`]+)`\$", r"{math}`\1`", source[0])

    app.connect("source-read", spell)
