// Numbers as text. A column's prefix and decimals are chosen once, in the program that wrote the page.

function fixed(value, decimals) {
  const text = value.toLocaleString("en-US", {
    minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: Math.abs(value) >= 10_000,
  });
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

/** A number with a few significant digits and no trailing zeros. */
function significant(value, digits) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) return value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = fixed(value, decimals);
  return decimals > 0 ? text.replace(/\.?0+$/, "") : text;
}

function formatValue(value, format) {
  const shown = value / format.divisor;
  return format.decimals === null ? significant(shown, format.digits) : fixed(shown, format.decimals);
}

const formatWithUnit = (value, format) => withUnit(formatValue(value, format), format);

/** For a value that is not one of the column's: its own decimals, in the column's unit. */
const formatLoosely = (value, format) => withUnit(significant(value / format.divisor, 6), format);

function withUnit(text, format) {
  if (format.unit === null) return text;
  if (format.unit === "%") return text + "%";
  return format.unit === "$" ? "$" + text : text + "\u00a0" + format.unit;
}

/** A number for the side of a narrow axis: 300K, 30M. */
const compact = value => Math.abs(value) >= 1e5 && Math.abs(value) < 1e15
  ? value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 3 })
  : significant(value, 6);

const labelOf = (name, unit) => unit === null ? name : `${name} [${unit}]`;

const formatProbability = p => p > 0 && p < 0.005 ? "<\u20091%" : p < 1 && p > 0.995 ? ">\u200999%" : Math.round(100 * p) + "%";

function formatDuration(seconds) {
  if (seconds < 1) return significant(seconds * 1000, 3) + " ms";
  if (seconds < 60) return significant(seconds, 3) + " s";
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60, rest = whole % 60;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${rest} s`;
}

const count = (number, one, many) => `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
