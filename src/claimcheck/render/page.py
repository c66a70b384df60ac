"""
A page of text for the terminal, built line by line.

Only this room uses rich for text.  The page wraps, indents and lays out tables; it never
looks at the terminal or the environment: everything it needs to know is in its `Look`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from .display import Look, neat, neat_with_marks

_THEME = Theme(
    {
        "good": "bold green",
        "bad": "bold red",
        "mixed": "bold yellow",
        "open": "bold blue",
        "quiet": "dim",
        "strong": "bold",
        "mark": "bold red underline",
        "plain": "none",
    },
    inherit=False,
)

Piece = tuple[str, str]
"""A stretch of text and the name of its style: good, bad, mixed, open, quiet, strong, mark or plain."""


class Page:
    """
    A page that grows downwards.

    Args:
        look: Width, colour and plainness.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self._text = io.StringIO()
        self._console = Console(
            file=self._text,
            width=look.width,
            color_system="standard" if look.color else None,
            force_terminal=look.color,
            no_color=False,
            legacy_windows=False,
            theme=_THEME,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={},
        )

    def __str__(self) -> str:
        return self._text.getvalue()

    def blank(self) -> None:
        """An empty line."""
        self._text.write("\n")

    def rule(self) -> None:
        """A thin line across the page; nothing but an empty line on a plain page."""
        self._line(Text("" if self.look.plain else "─" * self.look.width, style="quiet"))

    def write(self, *pieces: Piece, indent: int = 0, hang: int = 0) -> None:
        """
        A paragraph made of *pieces*, each made neat, wrapped to the page.

        Args:
            pieces: Text and style; they follow each other without white space in between.
            indent: Columns to the left of the first line.
            hang: Further columns to the left of the lines after it.
        """
        text = Text()
        for words, style in pieces:
            text.append(_neat_piece(words), style=style)
        width = max(20, self.look.width - indent - hang)
        for number, line in enumerate(text.wrap(self._console, width)):
            self._line(Text(" " * (indent + (hang if number else 0))) + line)

    def line(self, *pieces: Piece, indent: int = 0) -> None:
        """One line made of *pieces*, each made neat, however long it is: for programs that read line by line."""
        text = Text(" " * indent)
        for words, style in pieces:
            text.append(_neat_piece(words), style=style)
        self._line(text)

    def quote(self, words: str, marks: Iterable[tuple[int, int]] = (), *, indent: int = 0) -> None:
        """
        A quotation, set off from what is said about it.

        Args:
            words: The quoted text, made neat.
            marks: Stretches of *words* to point out: underlined with colour, with carets in the next line
                without, and left alone on a plain page, where the table beneath says the same.
            indent: Columns to the left.
        """
        line, moved = neat_with_marks(words, marks)
        bar = "" if self.look.plain else "│ "
        lead = " " * indent
        if self.look.plain:
            line = f"“{line}”"
            moved = ()
        text = Text(line)
        for start, end in moved:
            text.stylize("mark", start, end)
        for row in text.wrap(self._console, max(20, self.look.width - indent - len(bar))):
            row.rstrip()
            self._line(Text(lead) + Text(bar, style="quiet") + row)
            if moved and not self.look.color and (carets := _carets(row)):
                self._line(Text(lead + bar + carets))

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Piece]],
        *,
        indent: int = 0,
        figures: Collection[str] = (),
    ) -> None:
        """
        A table without lines; on a plain page one paragraph a row, its first cell in the lead.

        Args:
            headers: One word a column.
            rows: Cells with their style, as many as *headers*.
            indent: Columns to the left.
            figures: Headers of the columns that hold figures, set to the right.
        """
        if self.look.plain:
            for row in rows:
                (lead, _), *rest = row
                cells = (
                    f"{header}: {neat(cell) or 'none'}" for header, (cell, _) in zip(headers[1:], rest, strict=True)
                )
                self.write((f"{lead} – {'; '.join(cells)}", "plain"), indent=indent, hang=2)
            return
        table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="quiet")
        for number, header in enumerate(headers):
            side: JustifyMethod = "right" if header in figures else "left"
            table.add_column(header, justify=side, overflow="fold", no_wrap=number == 0)
        for row in rows:
            table.add_row(*(Text(neat(cell) or "–", style=style) for cell, style in row))
        with self._console.capture() as captured:
            self._console.print(table, width=max(20, self.look.width - indent))
        for line in captured.get().splitlines():
            self._text.write(f"{' ' * indent}{line}".rstrip() + "\n")

    def _line(self, text: Text) -> None:
        text.rstrip()
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


def _neat_piece(words: str) -> str:
    """A piece made neat, but with the spaces that part it from its neighbours."""
    line = neat(words)
    if not line:
        return words if words.isspace() else ""
    return words[: len(words) - len(words.lstrip(" "))] + line + words[len(words.rstrip(" ")) :]


def _carets(row: Text) -> str:
    """Carets under the marked cells of a row; empty when nothing in it is marked."""
    cells = [" "] * cell_len(row.plain)
    for span in row.spans:
        start = cell_len(row.plain[: span.start])
        for cell in range(start, start + cell_len(row.plain[span.start : span.end])):
            cells[cell] = "^"
    return "".join(cells).rstrip()
