"""Every lesson runs in the real JupyterLab, in a real browser, from the first cell to the last."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, sync_playwright

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


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab of its own, on a copy of the project; yields the address of the notebooks, token left to fill in."""
    home = tmp_path_factory.mktemp("jupyter")
    project = home / "the course"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "screenshots", ".progress.json")
    shutil.copytree(ROOT, project, ignore=ignored)
    settings = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))  # otherwise cells out of view are not in the page
    folders = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "spaces")}
    folders |= {"COURSE_PROGRESS": str(home / "progress.json"), "IPYTHONDIR": str(home / "ipython")}
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
        yield f"{address}/lab/tree/notebooks/{{}}.ipynb?token={token}&reset"
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


def open_notebook(page: Page, address: str) -> None:
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


def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the whole notebook, for whoever looks at what learners see."""
    SHOTS.mkdir(exist_ok=True)
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    height = page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
    page.set_viewport_size({"width": 1280, "height": min(height + 160, 16_000)})
    page.evaluate("() => { document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0; }")
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    page.screenshot(path=SHOTS / f"{name}.png")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_leaves_no_error_and_no_cell_out(name: str, lab: str, page: Page) -> None:
    open_notebook(page, lab.format(name))
    run_all(page)
    take_picture(page, name)
    assert page.evaluate(ERRORS) == []
    page.evaluate(f"async () => {{ await {NOTEBOOK}.context.save(); await {NOTEBOOK}.sessionContext.shutdown(); }}")
