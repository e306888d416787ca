// The study behind the pictures: its data, and what the reader has selected. Pictures listen to it, not to each other.

function makeStudy(data) {
  const points = data.points;
  points.forEach((point, index) => {
    point.index = index;
    point.measured = point.values !== undefined && (point.state === "completed" || point.state === "infeasible");
  });
  const measured = points.filter(point => point.measured);
  const axes = [...data.knobs.map((knob, index) => knobAxis(knob, index)), ...data.objectives.map((objective, index) => objectiveAxis(objective, index, points))];

  const study = {
    data, points, measured, axes,
    frontier: points.filter(point => point.frontier),
    knee: points.find(point => point.knee) ?? null,
    visible: new Uint8Array(points.length).fill(1), // whether a point passes the filters
    filters: new Map(), // axis -> [low, high], as fractions of the axis
    pinned: null,
    hovered: null,
    hasProbabilities: points.some(point => point.probability !== undefined),
    hasCommands: points.some(point => point.command !== undefined),
    hasSamples: points.some(point => point.samples?.length > 1),
  };

  const listeners = { filter: [], point: [] };
  study.on = (event, listener) => listeners[event].push(listener);
  const tell = event => listeners[event].forEach(listener => listener());

  study.setFilter = (axis, range) => {
    if (range === null || (range[0] <= 0 && range[1] >= 1)) study.filters.delete(axis);
    else study.filters.set(axis, range);
    for (const point of points) study.visible[point.index] = passes(point) ? 1 : 0;
    tell("filter");
  };
  study.clearFilters = () => {
    study.filters.clear();
    study.visible.fill(1);
    tell("filter");
  };
  study.hover = point => {
    if (study.hovered === point) return;
    study.hovered = point;
    tell("point");
  };
  study.pin = point => {
    study.pinned = study.pinned === point ? null : point;
    if (study.pinned) announce(`Pinned ${describe(study, point)}`);
    tell("point");
  };

  function passes(point) {
    for (const [axis, [low, high]] of study.filters) {
      const place = axis.places[point.index];
      if (!(place >= low - 1e-6 && place <= high + 1e-6)) return false; // a knob that is not set fails, too
    }
    return true;
  }

  for (const axis of axes) axis.places = Float32Array.from(points, point => axis.place(point));
  return study;

  // The scale of a parallel axis leaves no air at its ends: a filter at the end means "all".
  function knobAxis(knob, index) {
    if (knob.kind === "categorical") return categoryAxis(knob, index);
    const numbers = points.map(point => point.knobs[index]).filter(value => typeof value === "number");
    const axis = { key: "knob " + index, name: knob.name, label: knob.name, kind: "knob", whole: knob.kind === "integer", format: knob.format, scale: fitScale(numbers, knob.log, 1, 0) };
    axis.place = point => typeof point.knobs[index] === "number" ? axis.scale.fraction(point.knobs[index]) : NaN;
    axis.text = fraction => knob.kind === "integer" ? String(Math.round(axis.scale.value(fraction))) : significant(axis.scale.value(fraction), 4);
    return axis;
  }

  function categoryAxis(knob, index) {
    const last = Math.max(1, knob.choices.length - 1);
    const places = new Map(knob.choices.map((choice, i) => [choice, knob.choices.length === 1 ? 0.5 : i / last]));
    return {
      key: "knob " + index, name: knob.name, label: knob.name, kind: "knob", choices: knob.choices,
      place: point => places.get(point.knobs[index]) ?? NaN,
      text: fraction => knob.choices[Math.round(clamp(fraction, 0, 1) * (knob.choices.length - 1))] ?? "",
      placeOf: choice => places.get(choice),
    };
  }

  function objectiveAxis(objective, index) {
    const scale = fitScale(measured.map(point => point.values[index]), objective.log, objective.format.divisor, 0);
    return {
      key: "objective " + index, name: objective.name, label: labelOf(objective.name, objective.format.unit), kind: "objective",
      maximize: objective.maximize, format: objective.format, scale,
      place: point => point.measured ? scale.fraction(point.values[index]) : NaN,
      text: fraction => formatWithUnit(scale.value(fraction), objective.format),
    };
  }
}

/** A knob's value short enough to read; the table's files and the command have it in full. */
const shortKnobText = (knob, value) => knob.kind === "float" && typeof value === "number" ? formatValue(value, knob.format) : knobText(value);

const knobText = value => value === null ? "not set" : String(value);

/** One line that says what a point is, for readers who hear the page. */
function describe(study, point) {
  const values = point.measured
    ? study.data.objectives.map((objective, i) => `${objective.name} ${formatWithUnit(point.values[i], objective.format)}`)
    : [point.state];
  const knobs = study.data.knobs.map((knob, i) => point.knobs[i] === null ? null : `${knob.name} ${shortKnobText(knob, point.knobs[i])}`).filter(text => text);
  return `trial ${point.trial}${point.knee ? ", the knee" : point.frontier ? ", on the frontier" : ""}: ${[...values, ...knobs].join(", ")}`;
}
