"""Draw the pictures of `docs/pictures.md` into `docs/img/`; with `--check`, only say which are out of date.

How a picture comes out depends on the machine's fonts and on the version of what draws it. So what is compared is what
it is drawn from, DOT or HTML, by its hash in `docs/img/drawn.json`: that is the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook import graph
from playbook.chart.layout import layout
from playbook.chart.page import page
from playbook.chart.sheet import sheet
from playbook.pack import read_pack
from playbook.pictures.dot import dot
from playbook.pictures.picture import picture
from playbook.words import words

if TYPE_CHECKING:
    from playbook.protocol import Pack

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "img"
LIST = FOLDER / "drawn.json"
GRAPH, CHART = "graph.en.png", "chart.es.png"
WIDTHS = {GRAPH: 1400, CHART: 1100}
COLOURS = 256


def sources() -> dict[str, str]:
    """What each picture is drawn from."""
    pack = read_pack(ROOT).pack
    if pack is None:
        message = "the pack that ships has faults: `playbook lint` says which"
        raise ValueError(message)
    return {GRAPH: _graph(pack), CHART: _chart(pack)}


def _graph(pack: Pack) -> str:
    say = words("en")
    return dot(picture(graph.of(pack, "threat", "en", say), pack, say))


def _chart(pack: Pack) -> str:
    say = words("es")
    chart = sheet(pack, "threat", "es", say)
    return page([(chart, layout(chart))], say)


def hashes(drawn_from: dict[str, str]) -> dict[str, str]:
    """A hash of what each picture is drawn from."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in drawn_from.items()}


def draw(name: str, text: str) -> None:
    """Draw one picture, in few colours, so that it is small, but with all that say something."""
    from PIL import Image

    image: Any = Image.open(BytesIO(_graphed(text))) if name == GRAPH else _printed(text)
    image = image.convert("RGB")
    image.thumbnail((WIDTHS[name], 4000))
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE).save(FOLDER / name, optimize=True)


def _graphed(text: str) -> bytes:
    from playbook.pictures.graphviz import drawn

    return drawn(text, "png")


def _printed(text: str) -> Any:  # noqa: ANN401 - an image of a library without types
    import pypdfium2
    from weasyprint import HTML

    return pypdfium2.PdfDocument(HTML(string=text).write_pdf())[0].render(scale=3).to_pil()


def main(arguments: list[str]) -> int:
    """Draw or check all of them; 1 where one was out of date."""
    drawn_from = sources()
    now = hashes(drawn_from)
    before = json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    stale = [name for name, each in now.items() if before.get(name) != each or not (FOLDER / name).exists()]
    for name in stale:
        if "--check" in arguments:
            print(f"docs/img/{name}: what it is drawn from has changed: run `make docs`", file=sys.stderr)
        else:
            draw(name, drawn_from[name])
            print(f"docs/img/{name}: drawn")
    if stale and "--check" not in arguments:
        LIST.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
