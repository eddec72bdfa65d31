"""Every lesson runs in the real JupyterLab, in a real browser, and so does what a learner does in it."""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "tests" / "screenshots"
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

if BROWSER is None and not os.environ.get("COURSE_CI"):
    pytest.skip("no Chromium or Chrome is installed: lessons are not run in a browser", allow_module_level=True)

NOTEBOOK = "window.jupyterapp.shell.currentWidget"
DONE = f"""() => {{
    const widget = {NOTEBOOK}, cells = widget.content.model.sharedModel.cells;
    const code = cells.filter(cell => cell.cell_type === 'code' && cell.source.trim() !== '');
    const may = cell => (cell.getMetadata('tags') || []).includes('raises-exception');
    const failed = code.some(cell => !may(cell) && cell.outputs.some(output => output.output_type === 'error'));
    const idle = widget.sessionContext.session?.kernel?.status === 'idle';
    return idle && (failed || code.every(cell => cell.execution_count !== null));
}}"""
ERRORS = f"""() => {NOTEBOOK}.content.model.sharedModel.cells.flatMap((cell, i) => {{
    if (cell.cell_type !== 'code' || (cell.getMetadata('tags') || []).includes('raises-exception')) return [];
    return cell.outputs.filter(o => o.output_type === 'error').map(o => `cell ${{i}}: ${{o.ename}}: ${{o.evalue}}`);
}})"""
HOLDS = "cell => cell.cell_type === 'code' && cell.source.includes(words)"
CLEAR = f"""words => {{
    const cell = {NOTEBOOK}.content.model.sharedModel.cells.find({HOLDS});
    cell.setOutputs([]);
    cell.execution_count = null; // what an earlier run left must not be taken for this one's
}}"""
CUT_OFF = """() => [...document.querySelectorAll('.jp-OutputArea-output, .jp-RenderedMarkdown')]
    .filter(area => area.scrollWidth > area.clientWidth + 1).map(area => area.innerText.slice(0, 200))"""

SEVEN = [(70, 60), (210, 60), (120, 230)]
"""The corners of a 7 on the drawing pad, in pixels from its upper left."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token, the copy of the project it shows, its kernels' progress file."""

    address: str
    token: str
    project: Path
    progress: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab of its own, on a copy of the project."""
    home = tmp_path_factory.mktemp("jupyter")
    project = home / "the course"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "screenshots", ".progress.json")
    shutil.copytree(ROOT, project, ignore=ignored)
    settings = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))  # otherwise cells out of view are not in the page
    folders = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "spaces")}
    progress = home / "progress.json"
    folders |= {"COURSE_PROGRESS": str(progress), "IPYTHONDIR": str(home / "ipython")}
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} | folders
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={project}"]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while not answers(f"{address}/api/status?token={token}"):
            assert server.poll() is None, (home / "lab.log").read_text()[-3000:]
            assert time.monotonic() < deadline, "JupyterLab did not answer within 120 s"
        yield Lab(address, token, project, progress)
    finally:
        with contextlib.suppress(requests.RequestException):
            requests.post(f"{address}/api/shutdown?token={token}", timeout=10)  # ends the kernels first
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def answers(address: str) -> bool:
    with contextlib.suppress(requests.RequestException):
        return requests.get(address, timeout=2).ok
    return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BROWSER, "CI must have a browser: .ci/run installs Chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, headless=True, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(120_000)
    yield opened
    opened.close()


def open_notebook(page: Page, lab: Lab, name: str) -> None:
    address = f"{lab.address}/lab/tree/notebooks/{name}.ipynb?token={lab.token}&reset"
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function(f"() => window.jupyterapp?.shell?.currentWidget && {NOTEBOOK}.sessionContext !== undefined")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell")
    page.evaluate(f"async () => {{ await {NOTEBOOK}.context.ready; await {NOTEBOOK}.sessionContext.ready; }}")
    page.wait_for_function(f"() => {NOTEBOOK}.sessionContext.session?.kernel?.status === 'idle'")


def run_all(page: Page) -> None:
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
    page.wait_for_function(DONE, timeout=600_000, polling=200)


def take_pictures(page: Page, name: str) -> None:
    """Keep pictures of the whole notebook, on a laptop's and on a large screen, for whoever looks at them."""
    SHOTS.mkdir(exist_ok=True)
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("() => document.querySelector('.jp-WindowedPanel-outer').clientHeight < 900")
        height = page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 160, 16_000)})
        page.evaluate("() => { document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0; }")
        page.wait_for_function("() => [...document.images].every(image => image.complete)")
        page.screenshot(path=SHOTS / f"{name}-{width}.png")
        assert page.evaluate(CUT_OFF) == [], f"outputs that are wider than the page at {width} pixels"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_leaves_no_error_and_no_cell_out(name: str, lab: Lab, page: Page) -> None:
    open_notebook(page, lab, name)
    run_all(page)
    take_pictures(page, name)
    assert page.evaluate(ERRORS) == []
    close_notebook(page)


def close_notebook(page: Page) -> None:
    page.evaluate(f"async () => {{ await {NOTEBOOK}.context.save(); await {NOTEBOOK}.sessionContext.shutdown(); }}")


def cell(page: Page, words: str) -> Locator:
    """The first code cell whose source holds `words`, ready to be looked at or clicked."""
    number = page.evaluate(f"words => {NOTEBOOK}.content.model.sharedModel.cells.findIndex({HOLDS})", words)
    assert number >= 0, f"no code cell holds {words!r}"
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell").nth(number)


def run_cell(page: Page, words: str, source: str | None = None) -> Locator:
    """Click into the cell that holds `words`, type `source` over it if given, press Shift+Enter, and wait."""
    chosen = cell(page, words)
    page.evaluate(CLEAR, words)
    chosen.scroll_into_view_if_needed()
    chosen.locator(".cm-content").click()
    if source is not None:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    expect(chosen.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=120_000)
    return chosen


def ask_with_mouse(page: Page, pad: Locator) -> None:
    box = pad.locator("canvas").bounding_box()
    page.mouse.move(*(box[side] + at for side, at in zip("xy", SEVEN[0], strict=True)))
    page.mouse.down()
    for x, y in SEVEN[1:]:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=10)
    page.mouse.up()


def ask_with_finger(page: Page, pad: Locator) -> None:
    box = pad.locator("canvas").bounding_box()
    points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in SEVEN]
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def ask_with_keys(page: Page, pad: Locator) -> None:
    pad.locator("canvas").focus()
    for keys, count in (("ArrowLeft", 7), (" ", 1), ("ArrowRight", 14)):
        for _ in range(count):
            page.keyboard.press(keys)
    for _ in range(10):
        for key in ("ArrowDown", "ArrowLeft", "ArrowDown"):
            page.keyboard.press(key)
    page.keyboard.press(" ")


def draw_a_seven(page: Page, pad: Locator, way: Callable[[Page, Locator], None]) -> None:
    """Clear the pad, draw a 7 on it in one of the ways above, and wait until the server reads one."""
    pad.scroll_into_view_if_needed()
    pad.get_by_role("button", name="Clear").click()
    expect(pad.get_by_role("status")).to_have_text("Draw a digit, from 0 to 9.")
    way(page, pad)
    expect(pad.get_by_role("status")).to_contain_text("The server reads a 7", timeout=60_000)
    assert pad.locator("tr.read th").inner_text().strip("▸") == "7"


def servers_of(lab: Lab) -> list[int]:
    """Return the ids of the Java processes that kernels of this JupyterLab have started, and that still run."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("COURSE_PROGRESS") == str(lab.progress) and "java" in process.name():
                found.append(process.pid)
    return found


def restart_kernel(page: Page) -> None:
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(f"() => {NOTEBOOK}.sessionContext.session?.kernel?.status === 'idle'")


def test_before_anything_is_run_questions_are_text_and_the_pad_is_a_picture_that_says_so(lab: Lab, page: Page) -> None:
    folder = lab.project / "notebooks"
    shutil.copy(ROOT / "notebooks" / "00_start_here.ipynb", folder / "as_published.ipynb")  # the other is run and saved
    open_notebook(page, lab, "as_published")
    expect(cell(page, 'choice("0.2"').locator(".jp-OutputArea")).to_contain_text("B. Names and tensors")
    pad = cell(page, "DrawingPad(lambda").locator(".jp-OutputArea")
    pad.scroll_into_view_if_needed()
    expect(pad.locator("img")).to_be_visible()
    expect(pad).not_to_contain_text("Error displaying widget")
    page.screenshot(path=SHOTS / "drawing_pad_as_published.png")
    close_notebook(page)


def test_a_learner_answers_wrong_then_right_draws_a_digit_and_comes_back(lab: Lab, page: Page) -> None:
    lab.progress.unlink(missing_ok=True)
    open_notebook(page, lab, "00_start_here")
    run_cell(page, "from course.selfcheck import")

    run_cell(page, "def normalise", "def normalise(images):\n    return images.unsqueeze(1).float() / 255")
    first = run_cell(page, 'check("0.1"').locator(".jp-OutputArea").inner_text()
    assert "✗ 0.1 wrong" in first
    assert "not normalised" in first
    assert "Hint:" in first
    second = run_cell(page, 'check("0.1"').locator(".jp-OutputArea").inner_text()
    assert len(second) > len(first), "the hints grow with the tries"
    run_cell(page, "def normalise", "def normalise(images):\n    return (images[:, None] / 255 - 0.1307) / 0.3081")
    expect(run_cell(page, 'check("0.1"').locator(".jp-OutputArea")).to_contain_text("✓ 0.1 right")

    question = run_cell(page, 'choice("0.2"')
    question.get_by_label("A. The network").click()
    expect(question).to_contain_text("✗ 0.2 wrong")
    expect(question).to_contain_text("holds no code at all")
    page.keyboard.press("Tab")  # the keyboard reaches every option
    page.keyboard.press("Space")
    expect(question).to_contain_text("✓ 0.2 right")
    expect(question.get_by_label("B. Names and tensors")).to_be_checked()

    pad = run_cell(page, "DrawingPad(lambda").locator(".course-pad")
    for way in (ask_with_keys, ask_with_finger, ask_with_mouse):
        draw_a_seven(page, pad, way)
    page.screenshot(path=SHOTS / "drawing_pad.png")

    page.evaluate(f"async () => {{ await {NOTEBOOK}.context.save(); }}")
    saved = nbformat.read(lab.project / "notebooks" / "00_start_here.ipynb", as_version=4)
    states = saved.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"].values()
    picked = [each.state["index"] for each in states if each["model_name"] == "RadioButtonsModel"]
    assert picked == [1], "what was clicked is in the file that a learner hands in"

    assert len(servers_of(lab)) == 1
    restart_kernel(page)
    deadline = time.monotonic() + 60
    while servers_of(lab) and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert servers_of(lab) == [], "no server outlives its kernel"
    run_cell(page, "from course.selfcheck import")
    kept = run_cell(page, "progress()").locator(".jp-OutputArea").inner_text()
    assert "Lesson 00: 2 of 4 right" in kept
    close_notebook(page)


def test_lesson_06_reads_what_a_learner_draws(lab: Lab, page: Page) -> None:
    open_notebook(page, lab, "06_serve_and_predict")
    for words in ("import psutil", "from course.selfcheck import", "# export", "DrawingPad(lambda"):
        run_cell(page, words)
    draw_a_seven(page, cell(page, "DrawingPad(lambda").locator(".course-pad"), ask_with_mouse)
    close_notebook(page)
