// Axes: where a value lies between two ends, and which round values to write beside it.

const axisMargin = 0.04;

/** A scale from 0 to 1 over [min, max]; both are values as measured. */
function makeScale(min, max, log, divisor) {
  const to = log ? value => Math.log10(value) : value => value;
  const from = log ? place => 10 ** place : place => place;
  const low = to(min), span = to(max) - low || 1;
  return {
    min, max, log,
    fraction: value => (to(value) - low) / span,
    value: fraction => from(low + fraction * span),
    ticks: wanted => ticks(min / divisor, max / divisor, log, wanted).map(shown => ({ value: shown * divisor, text: significant(shown, 6) })),
  };
}

/** Fits a scale to values, with some air at both ends. */
function fitScale(values, log, divisor, margin = axisMargin) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return makeScale(0, 1, false, divisor);
  if (log && low > 0) {
    const pad = 10 ** (low === high ? 0.3 : margin * (Math.log10(high) - Math.log10(low)));
    return makeScale(Math.max(low / pad, Number.MIN_VALUE), Math.min(high * pad, Number.MAX_VALUE), true, divisor);
  }
  const pad = low === high ? Math.abs(low) * 0.1 || 1 : margin * (high - low);
  return makeScale(low - pad, high + pad, false, divisor);
}

function ticks(low, high, log, wanted) {
  if (!log) return linearTicks(low, high, wanted);
  const decades = Math.log10(high) - Math.log10(low);
  const mantissas = decades * 3 <= wanted ? [1, 2, 5] : decades * 2 <= wanted ? [1, 3] : [1];
  const stride = Math.max(1, Math.round(decades / wanted));
  const found = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
    if (exponent % stride !== 0) continue;
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${exponent}`);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found.length >= 2 ? found : linearTicks(low, high, wanted);
}

function linearTicks(low, high, wanted) {
  const rough = (high - low) / wanted;
  const exponent = Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(mantissa => mantissa * 10 ** exponent >= rough * 0.999999) * 10 ** exponent;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high && found.length <= 2 * wanted; i++)
    found.push(Number((i * step).toPrecision(12)));
  return found;
}
