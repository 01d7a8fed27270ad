"""One Markdown form for cards, lectures and homework: read, written, formatted, and what is wrong with it said."""
