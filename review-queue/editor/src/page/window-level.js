// From stored value to grey: PS3.3 C.11.2.1.2.1, the linear function of window centre and width.

const CT = [
  { name: "Soft tissue", level: 40, width: 400 },
  { name: "Liver", level: 90, width: 160 },
  { name: "Lung", level: -600, width: 1500 },
  { name: "Bone", level: 400, width: 1800 },
  { name: "Brain", level: 40, width: 80 },
];

/** Presets by modality; `range` has the least and the largest rescaled value of the volume. */
export function presets(modality, range) {
  const full = fullRange(range);
  return modality === "CT" ? [...CT, full] : [full];
}

export function fullRange({ minimum, maximum }) {
  return spanning("Full range", minimum, maximum, 1);
}

/** The window that shows all but the darkest and brightest percent, from a sample of the voxels. */
export function autoWindow(voxels, { slope, intercept }) {
  const step = Math.max(1, Math.floor(voxels.length / 50000));
  const sample = new Int16Array(Math.floor((voxels.length - 1) / step) + 1);
  for (let at = 0; at < sample.length; at++) sample[at] = voxels[at * step];
  sample.sort();
  const low = sample[Math.floor(sample.length * 0.01)];
  const high = sample[Math.min(sample.length - 1, Math.floor(sample.length * 0.99))];
  return spanning("Automatic", low * slope + intercept, high * slope + intercept, slope);
}

/**
 * 65536 greys for the sent values -32768 to 32767. The window is of rescaled values; `scale.slope` is one step of
 * the sent value, which is what the standard's function takes off the width.
 */
export function greys({ level, width }, scale, table = new Uint8ClampedArray(65536)) {
  const steps = width / scale.slope;
  const centre = (level - scale.intercept) / scale.slope;
  const rise = 255 / Math.max(1, steps - 1);
  const offset = 127.5 - (centre - 0.5) * rise;
  for (let at = 0; at < 65536; at++) table[at] = (at - 32768) * rise + offset;
  return table;
}

/** The window after a drag: right is wider, down is higher; wide windows move faster. */
export function dragged({ level, width }, dx, dy, { slope }) {
  const speed = Math.max(slope / 4, width / 400);
  return { name: "", level: level + dy * speed, width: Math.max(2 * slope, width + dx * speed) };
}

function spanning(name, low, high, step) {
  return { name, level: (low + high + step) / 2, width: Math.max(2 * step, high - low + step) };
}
