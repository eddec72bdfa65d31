"""The letter that a learner gave to a concept question, from what they typed or what they clicked."""

import re

import syntax
from lessons import exercises
from notebook import Notebook

CLICKED = "IPY_MODEL_"


def letter_of(question: exercises.Question, notebook: Notebook) -> tuple[str | None, list[str]]:
    """Return the letter given to `question`, None for none, and remarks.

    `choice("0.2", "B")`, written in any code cell, goes first, the last of them if there are several; then the saved
    state of the radio buttons. Neither outputs nor `.progress.json` are looked at: both may tell anything.
    """
    sources = [cell.source for cell in notebook.cells if cell.kind == "code"]
    typed = [letter for source in sources for letter in syntax.letters(source, question.number)]
    written = [letter for letter in typed if letter is not None]
    remarks = []
    if len(written) < len(typed):
        remarks.append("an answer that is not written as a letter in quotes was not looked at")
    if len({letter.strip().upper() for letter in written}) > 1:
        remarks.append(f"it is answered {len(written)} times ({', '.join(written)[:40]}): the last one counts")
    if written:
        return written[-1], remarks
    clicked, remark = _clicked(question, notebook)
    return clicked, remarks + ([remark] if remark else [])


def _clicked(question: exercises.Question, notebook: Notebook) -> tuple[str | None, str]:
    shown = [view for cell in notebook.cells for view in cell.views]
    boxes = [box for box in notebook.widgets.items() if _is_about(question, box[1], notebook)]
    # Every run of the cell makes new buttons; those on show are the ones the learner saw last.
    boxes.sort(key=lambda box: shown.index(box[0]) if box[0] in shown else -1)
    for _, box in reversed(boxes):
        for state in _children(box, notebook):
            if state.get("_model_name") != "RadioButtonsModel":
                continue
            index, labels = state.get("index"), state.get("_options_labels")
            if type(index) is not int or not isinstance(labels, list) or not 0 <= index < len(labels):
                continue
            text = re.sub(r"^[A-H]\. ", "", str(labels[index]))
            matching = [
                letter for letter, option in zip(exercises.LETTERS, question.options, strict=False)
                if option.text == text
            ]  # fmt: skip
            if matching:
                return matching[0], ""
            return None, "the option that was clicked is not one of this course's: it was not counted"
    return None, ""


def _is_about(question: exercises.Question, box: dict, notebook: Notebook) -> bool:
    title = next(iter(_children(box, notebook)), {}).get("value")
    return isinstance(title, str) and title.startswith(f"<b>{question.number}</b>")


def _children(box: dict, notebook: Notebook) -> list[dict]:
    names = box.get("children")
    names = [name.removeprefix(CLICKED) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return [notebook.widgets[name] for name in names if name in notebook.widgets]
