// Puts the page together.

const data = JSON.parse(document.getElementById("report-data").textContent);
const study = makeStudy(data);

document.getElementById("header").append(
  h("h1", {}, data.title),
  ...(data.subtitle ? [h("p", { class: "subtitle" }, data.subtitle)] : []),
  h("div", { class: "tiles" }, ...keyFigures()));

document.getElementById("report").append(
  ...(study.measured.length > 0 ? [scatterSection(study)] : []),
  ...(study.measured.length > 0 ? [parallelSection(study)] : []),
  tableSection(study),
  h("div", { class: "side-by-side" }, ...[historySection(study), statesSection(study)].filter(part => part !== null)));

document.getElementById("footer").append(
  ...(data.notes.length > 0 ? [h("dl", { class: "notes" }, ...data.notes.flatMap(note => [h("dt", {}, note.label), h("dd", {}, note.text)]))] : []));

function keyFigures() {
  const tile = (value, label) => h("div", { class: "tile" }, h("div", { class: "tile-value" }, value), h("div", { class: "tile-label" }, label));
  const ended = study.points.filter(point => point.state !== "late").length;
  const unsuccessful = study.points.filter(point => ["failed", "timed out", "cancelled"].includes(point.state)).length;
  const tiles = [
    tile(ended.toLocaleString("en-US"), data.trialBudget && data.trialBudget !== ended ? `of ${count(data.trialBudget, "trial", "trials")}` : ended === 1 ? "trial" : "trials"),
    tile(study.frontier.length.toLocaleString("en-US"), "on the frontier")];
  if (data.hypervolume.length > 0) tiles.push(tile(significant(data.hypervolume.at(-1)[1], 4), "hypervolume"));
  if (unsuccessful > 0) tiles.push(tile(unsuccessful.toLocaleString("en-US"), "without a result"));
  if (data.seconds !== null) tiles.push(tile(formatDuration(data.seconds), "in all"));
  return tiles;
}

// Colours are read when drawing: draw again when the theme changes, and in light colours for paper.
const themeChanged = () => document.dispatchEvent(new Event("themechange"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themeChanged);
addEventListener("beforeprint", () => { document.documentElement.classList.add("paper"); themeChanged(); });
addEventListener("afterprint", () => { document.documentElement.classList.remove("paper"); themeChanged(); });
