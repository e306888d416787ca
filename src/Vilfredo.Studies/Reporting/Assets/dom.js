// Building blocks of the page. Text only ever becomes text nodes or attributes, never markup.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** An HTML element: h("a", {class: "b", onclick: f}, "text", child). */
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
const s = (tag, attributes, ...children) => fill(document.createElementNS(svgNamespace, tag), attributes, children);

/** A colour of the current theme. */
const themeColor = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** A card of the page with a heading. */
function section(id, title, hint, ...children) {
  return h("section", { id, "aria-labelledby": id + "-title" },
    h("div", { class: "section-head" }, h("h2", { id: id + "-title" }, title), hint ? h("p", { class: "hint" }, hint) : null),
    ...children);
}

/** Whether the page is being printed. */
const onPaper = () => document.documentElement.classList.contains("paper");

/** Gives a plot its height in proportion, so that it scales as a whole when paper is narrower than the window. */
function sizePlot(frame, width, height) { frame.style.aspectRatio = `${width} / ${height}`; }

/** A canvas with as many pixels as the screen has for it, or more for paper. Its size on the page is the plot's. */
function sizeCanvas(canvas, width, height) {
  const ratio = onPaper() ? 3 : window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** On paper, a canvas becomes part of the drawing above it: the two are laid out apart there and may differ in scale. */
function mergeOnPaper(canvas, layer, width, height) {
  if (onPaper()) layer.prepend(s("image", { href: canvas.toDataURL(), width, height }));
}

/** Calls draw at most once per frame. */
function onceAFrame(draw) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };
}

/** Draws now and whenever the element's width or the theme changes. */
function drawWhenSized(element, draw) {
  let width = 0;
  new ResizeObserver(() => {
    if (onPaper() || Math.abs(element.clientWidth - width) < 1) return; // the layout for paper scales what is drawn
    width = element.clientWidth;
    draw();
  }).observe(element);
  document.addEventListener("themechange", draw);
}

/** Offers text as a file. */
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Copies text; pages opened from a file may lack the clipboard interface. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "visually-hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

const announce = text => { document.getElementById("announcer").textContent = text; };

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
