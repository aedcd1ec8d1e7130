// Pointing at a chart tells in words what its table says there. Until somebody does, the picture
// that was drawn beforehand stands, and nothing is loaded; without JavaScript the table says it all.
const HINT = "Point at the chart, or drag across it, to read it.";
const FAILED = "The chart cannot be pointed at now. Its figures are in the table below.";

const pages = document.querySelectorAll("[data-charts]");
for (const page of pages) {
  const drawings = once(() => load(page.dataset));
  for (const figure of page.querySelectorAll("figure[data-chart]")) {
    const rows = [...figure.querySelectorAll("details tbody tr")];
    if (rows.length) readable(figure, rows, drawings);
  }
}

/** Give a chart its line of words and its slider, and draw it anew when it is first used. */
function readable(figure, rows, drawings) {
  const said = document.createElement("p");
  said.className = "chart-said no-print";
  said.textContent = HINT;
  const slider = sliderFor(figure, rows);
  const picture = figure.querySelector("svg");
  picture.after(slider, said);
  const drawn = once(() => draw(figure, picture, rows, drawings));

  const show = async (find) => {
    try {
      const chart = await drawn();
      const place = find(chart);
      if (place === undefined) return;
      slider.value = place;
      said.textContent = words(rows[place]);
      slider.setAttribute("aria-valuetext", said.textContent);
      chart.mark(place);
    } catch {
      said.textContent = FAILED;
    }
  };
  figure.addEventListener("pointermove", (event) => {
    if (event.target.closest("svg")) show((chart) => chart.nearest(event));
  });
  figure.addEventListener("pointerdown", (event) => {
    if (event.target.closest("svg")) show((chart) => chart.nearest(event));
  });
  slider.addEventListener("input", () => show(() => Number(slider.value)));
  slider.addEventListener("focus", () => show(() => Number(slider.value)));
}

/** A slider over the chart's rows: what a keyboard or a screen reader steps through. */
function sliderFor(figure, rows) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "chart-slider no-print";
  slider.min = 0;
  slider.max = rows.length - 1;
  slider.value = rows.length - 1;
  const title = figure.querySelector(".chart-title")?.textContent ?? "";
  slider.setAttribute("aria-label", `Read the chart step by step: ${title}`);
  slider.setAttribute("aria-valuetext", words(rows[rows.length - 1]));
  return slider;
}

/** What a row of the table says: "September 2016: this year 1,433; a year before 1,380". */
function words(row) {
  const heads = [...row.closest("table").querySelectorAll("thead th")].map(text);
  const [first, ...cells] = [...row.children].map(text);
  const told = cells.map((cell, i) => [lower(heads[i + 1]), cell]).filter(([, cell]) => cell);
  return `${first}: ${told.map(([head, cell]) => `${head} ${cell}`.trim()).join("; ")}`;
}

/** A heading within a sentence; one of capitals stays. */
function lower(head = "") {
  return /^.[A-Z]/.test(head) ? head : head.charAt(0).toLowerCase() + head.slice(1);
}

function text(cell) {
  const held = cell.cloneNode(true);
  for (const hidden of held.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  return held.textContent.replace(/\s+/g, " ").trim();
}

/** The chart drawn by Vega in the picture's place: where each row is, and a frame around one. */
async function draw(figure, picture, rows, drawings) {
  const { vega, expressionInterpreter, specs } = await drawings();
  const holder = document.createElement("div");
  const parsed = vega.parse(specs[figure.dataset.chart], null, { ast: true });
  const view = new vega.View(parsed, {
    expr: expressionInterpreter, renderer: "svg", container: holder, hover: false,
  });
  await view.runAsync();
  const svg = holder.querySelector("svg");
  quiet(svg);
  for (const name of ["role", "aria-label", "width", "height"]) {
    svg.setAttribute(name, picture.getAttribute(name));
  }
  const boxes = boxesOf(view, rows);
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  frame.setAttribute("class", "chart-here");
  svg.append(frame);
  picture.replaceWith(svg);
  return {
    nearest: (event) => nearest(boxes, within(svg, event)),
    mark: (place) => surround(frame, boxes.filter((box) => box.solid && box.place === place)),
  };
}

/** One picture with one sentence of its own: its marks are not read out one by one. */
function quiet(svg) {
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    for (const { name } of [...element.attributes]) {
      if (name === "role" || name.startsWith("aria-")) element.removeAttribute(name);
    }
  }
}

/** Where the marks of each row stand, in the picture's own measure. */
function boxesOf(view, rows) {
  const names = new Map(rows.map((row, place) => [text(row.children[0]), place]));
  const { left, top } = view.padding();
  const [across, down] = view.origin();
  const boxes = [];
  const walk = (mark, x, y) => {
    for (const item of mark.items) {
      if (mark.marktype === "group") {
        for (const inner of item.items) walk(inner, x + item.x, y + item.y);
      } else if (mark.marktype !== "text" && item.datum) {
        const place = placeOf(item.datum, names);
        const box = around(item, x, y);
        const solid = mark.marktype === "rect" || mark.marktype === "symbol";
        if (Object.values(box).every(Number.isFinite)) boxes.push({ place, solid, ...box });
      }
    }
  };
  walk(view.scenegraph().root, left + across, top + down);
  return boxes;
}

/** Which row a mark draws: by its place, or by the name that the row begins with. */
function placeOf(datum, names) {
  if (Number.isInteger(datum.place)) return datum.place < names.size ? datum.place : undefined;
  const named = Object.values(datum).find((value) => names.has(value));
  return names.get(named);
}

function around(item, x, y) {
  const point = { x1: item.x, x2: item.x, y1: item.y, y2: item.y };  // a line's have no bounds
  const of = item.bounds && !item.bounds.empty() ? item.bounds : point;
  return { x1: x + of.x1, x2: x + of.x2, y1: y + of.y1, y2: y + of.y2 };
}

function within(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY);
  return point.matrixTransform(svg.getScreenCTM().inverse());
}

function nearest(boxes, { x, y }) {
  let least = Infinity;
  let place;
  for (const box of boxes) {
    const across = Math.max(box.x1 - x, 0, x - box.x2);
    const down = Math.max(box.y1 - y, 0, y - box.y2);
    const far = across * across + down * down;
    if (far < least) [least, place] = [far, box.place];
  }
  return place;
}

function surround(frame, boxes) {
  if (!boxes.length) {
    frame.setAttribute("visibility", "hidden");
    return;
  }
  const x1 = Math.min(...boxes.map((box) => box.x1)) - 1.5;
  const y1 = Math.min(...boxes.map((box) => box.y1)) - 1.5;
  const x2 = Math.max(...boxes.map((box) => box.x2)) + 1.5;
  const y2 = Math.max(...boxes.map((box) => box.y2)) + 1.5;
  const told = { x: x1, y: y1, width: x2 - x1, height: y2 - y1, visibility: "visible" };
  for (const [name, value] of Object.entries(told)) frame.setAttribute(name, value);
}

/** The drawer and the page's charts; only when the first chart is used. */
async function load({ charts, vega, interpreter }) {
  const asked = fetch(charts, { credentials: "same-origin" });
  await script(vega);
  const { expressionInterpreter } = await import(interpreter);
  const answer = await asked;
  if (!answer.ok) throw new Error(`${charts}: ${answer.status}`);
  return { vega: globalThis.vega, expressionInterpreter, specs: await answer.json() };
}

function script(address) {
  return new Promise((loaded, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.addEventListener("load", loaded);
    element.addEventListener("error", () => failed(new Error(address)));
    document.head.append(element);
  });
}

function once(make) {
  let made;
  return () => (made ??= make());
}
