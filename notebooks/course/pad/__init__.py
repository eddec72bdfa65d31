"""A pad to draw a digit on: the picture goes to a model as a PNG, and its answer comes back as bars."""

from collections.abc import Callable
from pathlib import Path

import anywidget
import matplotlib.pyplot as plt
import requests
from matplotlib.figure import Figure
from PIL import Image

from course import ROOT
from course.figures import BLUE, SKY, with_alt

EXAMPLE = ROOT / "data" / "samples" / "digit_7.png"
"""The picture that is shown, with its answer, where nobody can draw."""


class DrawingPad(anywidget.AnyWidget):
    """A square to draw in with mouse, finger, pen or keyboard, beside the answer's ten probabilities as bars.

    ask: sends a PNG (bytes, 280 x 280, black on white) to a model and returns the response: JSON with `digit` (int),
      `confidence` (0 to 1) and `probabilities` (ten of 0 to 1). It is called every time the pen is lifted. When it
      raises, or the status is not 200, the learner reads why beside the pad.

    Where widgets can't be shown, the answer to `EXAMPLE` is drawn in its place, as a picture that says so.
    """

    _esm = Path(__file__).with_name("pad.js")
    _css = Path(__file__).with_name("pad.css")

    def __init__(self, ask: Callable[[bytes], requests.Response]) -> None:
        super().__init__()
        self._ask = ask
        self.on_msg(self._drawn)

    def _drawn(self, widget: object, content: dict, buffers: list) -> None:
        self.send({"number": content["number"], "answer": self._answer(bytes(buffers[0]))})

    def _answer(self, png: bytes) -> dict:
        try:
            response = self._ask(png)
        except Exception as error:
            return {"error": f"No answer: {error} Is the server running? Start it, then run this cell again."}
        if not response.ok:
            return {"error": f"The server said {response.status_code}: {response.text.strip()}"}
        return response.json()

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        answer = self._answer(EXAMPLE.read_bytes())
        told = answer.get("error") or f"it reads {EXAMPLE.name} as a {answer['digit']}."
        alt = f"A drawing pad and the server's answer. No pad is shown here, but an example: {told}"
        picture, described = with_alt(_draw(answer), alt)
        return data | picture, metadata | described


def _draw(answer: dict) -> Figure:
    """Return a figure that stands in for the pad: `EXAMPLE`, and the answer to it."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 3), width_ratios=[1, 2])
    plt.close(figure)  # shown by the pad only, not once more at the cell's end
    left.imshow(Image.open(EXAMPLE), cmap="gray")
    left.set(title=f"sent: {EXAMPLE.name}", xticks=[], yticks=[])
    shares = answer.get("probabilities", [0] * 10)
    digit = answer.get("digit")
    right.barh(range(10), shares, color=[BLUE if row == digit else SKY for row in range(10)])
    right.set(xlim=(0, 1), yticks=range(10), xlabel="probability", ylabel="digit")
    right.set_title(answer.get("error") or f"The server reads a {digit}, {answer['confidence']:.1%} sure.")
    right.invert_yaxis()
    figure.suptitle("This is a picture: to draw your own digit, run this cell in JupyterLab.", style="italic")
    return figure
