"""Lays the project's Markdown out for the site: the pages where they are in the project, and what they link to.

usage: prepare.py PROJECT INTO
"""

import re
import shutil
import sys
from pathlib import Path

NOT_OURS = {"target", ".git", "node_modules"}
LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^\s*(```+|~~~+)")


def pages(project):
    for page in sorted(project.rglob("*.md")):
        if not NOT_OURS & set(page.relative_to(project).parts):
            yield page


def outside_code(text, change):
    """Applies `change` to the lines of `text` that are not in a fenced block."""
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line)
        if fence:
            if line.strip() == fence:
                fence = ""
            yield line
        elif mark:
            fence = mark.group(1)
            yield line
        else:
            yield change(line)


class Site:
    def __init__(self, project, into):
        self.project = project
        self.into = into

    def add(self, page):
        text = page.read_text(encoding="utf-8")
        changed = "".join(outside_code(text, lambda line: LINK.sub(lambda link: self.link(page, link), line)))
        self.write(page.relative_to(self.project), changed)

    def write(self, path, text):
        target = self.into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def link(self, page, link):
        """A link to a page stays; a file that is none comes along; a folder has its index, or is no link at all."""
        text, path, anchor = link.group(1), link.group(2), link.group(3) or ""
        named = (page.parent / path).resolve()
        if named.suffix == ".md":
            return link.group(0)
        if named.is_file():
            copy = self.into / named.relative_to(self.project)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(named, copy)
            return link.group(0)
        if any(named.glob("*.md")):
            return f"{text}({path.rstrip('/')}/{'README.md' if (named / 'README.md').exists() else 'index.md'}{anchor})"
        return text[1:-1]

    def add_decisions(self):
        lines = ["# Decisions", "", "Why it is built like this: context, decision, consequences.", ""]
        for record in sorted((self.project / "docs" / "adr").glob("*.md")):
            title = record.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
            lines.append(f"- [{title}]({record.name})")
        self.write(Path("docs/adr/index.md"), "\n".join(lines) + "\n")


def main():
    project, into = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    shutil.rmtree(into, ignore_errors=True)
    site = Site(project, into)
    for page in pages(project):
        site.add(page)
    site.add_decisions()


if __name__ == "__main__":
    main()
