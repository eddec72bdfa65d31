// The drawing pad: a square to draw in with mouse, finger, pen or keyboard, and the server's answer as bars.
// Every time the pen is lifted, the picture goes to the kernel as a PNG, in a message with a number; the answer comes
// back under the same number, so that an answer to what was wiped meanwhile is not shown.

const SIZE = 280; // pixels of the picture, ten times MNIST's
const PEN = 22; // width of the pen: strokes as thick as MNIST's
const STEP = 8; // how far an arrow key moves the pen
const PATIENCE = 15000; // milliseconds until a missing answer is explained
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const HELP = "Draw with mouse, finger or pen. With the keyboard: arrow keys move the pen, Space lowers and lifts it, Delete clears.";

function element(tag, attributes, parent) {
  const made = Object.assign(document.createElement(tag), attributes);
  parent?.append(made);
  return made;
}

function render({ model, el }) {
  const root = element("div", { className: "course-pad" }, el);
  const left = element("div", {}, root);
  const paper = element("div", { className: "course-pad-paper" }, left);
  const canvas = element("canvas", { width: SIZE, height: SIZE, tabIndex: 0 }, paper);
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `Drawing pad. ${HELP}`);
  const cursor = element("div", { className: "course-pad-cursor", hidden: true }, paper);
  const clear = element("button", { className: "jupyter-button", textContent: "Clear" }, left);
  element("div", { className: "course-pad-help", textContent: HELP }, left);
  const right = element("div", { className: "course-pad-answer" }, root);
  const status = element("div", { className: "course-pad-status" }, right);
  status.setAttribute("role", "status");
  const bars = element("table", {}, right);
  bars.setAttribute("aria-label", "Probability of each digit");
  const rows = [...Array(10).keys()].map((digit) => {
    const row = element("tr", {}, bars);
    element("th", { scope: "row", textContent: digit }, row);
    const bar = element("div", {}, element("td", { className: "course-pad-bar" }, row));
    return { row, bar, number: element("td", { className: "course-pad-number" }, row) };
  });

  const pen = canvas.getContext("2d");
  let place = [SIZE / 2, SIZE / 4]; // of the keyboard's pen
  let down = false;
  let blank = true;
  let asked = 0;
  let waiting;

  function wipe() {
    pen.fillStyle = "white";
    pen.fillRect(0, 0, SIZE, SIZE);
    blank = true;
  }

  function lineTo(x, y) {
    pen.lineTo(x, y);
    pen.stroke();
    blank = false;
  }

  function startAt(x, y) {
    Object.assign(pen, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "black" });
    pen.beginPath();
    pen.moveTo(x, y);
    lineTo(x, y); // a dot, should the pen not move
  }

  function send() {
    if (blank) return;
    const number = ++asked;
    status.textContent = "Asking the server ...";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "No answer yet. Is the kernel busy, or gone? Run this cell again, then draw.";
    }, PATIENCE);
    canvas.toBlob(async (blob) => {
      model.send({ number }, undefined, [await blob.arrayBuffer()]);
    }, "image/png");
  }

  function onCanvas(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * SIZE) / box.width, ((event.clientY - box.top) * SIZE) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    down = true;
    startAt(...onCanvas(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (down && canvas.hasPointerCapture(event.pointerId)) lineTo(...onCanvas(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (down) send();
      down = false;
    });
  }

  function showCursor() {
    Object.assign(cursor.style, { left: `${(100 * place[0]) / SIZE}%`, top: `${(100 * place[1]) / SIZE}%` });
    cursor.classList.toggle("down", down);
  }
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === " ") {
      down = !down;
      if (down) startAt(...place);
      else send();
    } else if (arrow) {
      place = place.map((at, axis) => Math.min(SIZE, Math.max(0, at + arrow[axis])));
      if (down) lineTo(...place);
    } else if (event.key === "Delete" || event.key === "Backspace") clear.click();
    else return;
    cursor.hidden = false;
    showCursor();
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would scroll, or delete the cell
  });
  canvas.addEventListener("blur", () => {
    if (down) send();
    down = false;
    cursor.hidden = true;
  });
  clear.addEventListener("click", () => {
    wipe();
    down = false;
    asked += 1;
    tell({});
  });

  function tell({ digit, confidence, probabilities, error }) {
    clearTimeout(waiting);
    if (error) status.textContent = error;
    else if (digit === undefined) status.textContent = "Draw a digit, from 0 to 9.";
    else status.textContent = `The server reads a ${digit}, ${(100 * confidence).toFixed(1)} % sure.`;
    rows.forEach(({ row, bar, number }, i) => {
      const share = probabilities ? probabilities[i] : 0;
      bar.style.width = `${100 * share}%`;
      number.textContent = probabilities ? `${(100 * share).toFixed(1)} %` : "";
      row.classList.toggle("read", i === digit);
    });
  }
  const receive = ({ number, answer }) => {
    if (number === asked) tell(answer);
  };
  model.on("msg:custom", receive);
  wipe();
  tell({});
  return () => {
    clearTimeout(waiting);
    model.off("msg:custom", receive);
  };
}

export default { render };
