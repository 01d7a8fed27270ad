"""The pages of docs/ as a website that needs no network: `mathcore site [DIR]`, and the Sphinx extension that builds it."""
