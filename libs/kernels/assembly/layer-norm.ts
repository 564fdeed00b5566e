import { sum4 } from './vector-math';

/**
 * Layer normalisation of every row: y = (x − mean) · s ∘ gain + shift with s = 1 / √(variance + epsilon), over the columns.
 *
 * @param x [rows, columns]
 * @param gain [columns]
 * @param shift [columns]
 * @param y receives the result
 * @param moments receives mean and s of every row, [rows, 2]
 */
export function layerNormForward(
  x: usize,
  gain: usize,
  shift: usize,
  y: usize,
  moments: usize,
  rows: u32,
  columns: u32,
  epsilon: f32,
): void {
  const bytes = columns << 2;
  for (let row: u32 = 0; row < rows; row++) {
    const mean = rowSum(x, columns) / (columns as f32);
    const scale: f32 = 1 / Mathf.sqrt(squaredDistance(x, columns, mean) / (columns as f32) + epsilon);
    store<f32>(moments, mean);
    store<f32>(moments, scale, 4);
    const mean4 = f32x4.splat(mean);
    const scale4 = f32x4.splat(scale);
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(x + i), mean4), scale4);
      v128.store(y + i, f32x4.add(f32x4.mul(normal, v128.load(gain + i)), v128.load(shift + i)));
    }
    for (; i < bytes; i += 4) {
      store<f32>(y + i, (load<f32>(x + i) - mean) * scale * load<f32>(gain + i) + load<f32>(shift + i));
    }
    x += bytes;
    y += bytes;
    moments += 8;
  }
}

function rowSum(x: usize, columns: u32): f32 {
  const bytes = columns << 2;
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) sums = f32x4.add(sums, v128.load(x + i));
  let sum = sum4(sums);
  for (; i < bytes; i += 4) sum += load<f32>(x + i);
  return sum;
}

function squaredDistance(x: usize, columns: u32, mean: f32): f32 {
  const bytes = columns << 2;
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const distance = f32x4.sub(v128.load(x + i), f32x4.splat(mean));
    sums = f32x4.add(sums, f32x4.mul(distance, distance));
  }
  let sum = sum4(sums);
  for (; i < bytes; i += 4) sum += (load<f32>(x + i) - mean) * (load<f32>(x + i) - mean);
  return sum;
}

/**
 * The gradient of `layerNormForward`, with n = (x − mean) · s:
 *
 *   δn = δy ∘ gain,  δx = s · (δn − mean(δn) − n · mean(δn ∘ n)),  δgain = Σ_rows δy ∘ n,  δshift = Σ_rows δy
 *
 * @param dGain receives δgain, [columns]
 * @param dShift receives δshift, [columns]
 * @param blockSums scratch, [2, columns]: blocks of rows are summed by themselves, as in `columnSums`
 */
export function layerNormBackward(
  x: usize,
  gain: usize,
  moments: usize,
  dy: usize,
  dx: usize,
  dGain: usize,
  dShift: usize,
  rows: u32,
  columns: u32,
  blockSums: usize,
): void {
  const bytes = columns << 2;
  memory.fill(dGain, 0, bytes);
  memory.fill(dShift, 0, bytes);
  memory.fill(blockSums, 0, 2 * bytes);
  for (let row: u32 = 0; row < rows; row++) {
    const mean = load<f32>(moments);
    const scale = load<f32>(moments, 4);
    sumGradients(x, dy, columns, mean, scale, blockSums);
    inputGradient(x, gain, dy, dx, columns, mean, scale);
    if (row % 128 == 127 || row + 1 == rows) {
      addTo(dGain, blockSums, columns);
      addTo(dShift, blockSums + bytes, columns);
      memory.fill(blockSums, 0, 2 * bytes);
    }
    x += bytes;
    dy += bytes;
    dx += bytes;
    moments += 8;
  }
}

/** Adds one row to δgain and δshift, which lie one behind the other. */
function sumGradients(x: usize, dy: usize, columns: u32, mean: f32, scale: f32, sums: usize): void {
  const bytes = columns << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const normal = f32x4.mul(f32x4.sub(v128.load(x + i), f32x4.splat(mean)), f32x4.splat(scale));
    const d = v128.load(dy + i);
    v128.store(sums + i, f32x4.add(v128.load(sums + i), f32x4.mul(d, normal)));
    v128.store(sums + bytes + i, f32x4.add(v128.load(sums + bytes + i), d));
  }
  for (; i < bytes; i += 4) {
    const d = load<f32>(dy + i);
    store<f32>(sums + i, load<f32>(sums + i) + d * (load<f32>(x + i) - mean) * scale);
    store<f32>(sums + bytes + i, load<f32>(sums + bytes + i) + d);
  }
}

function inputGradient(x: usize, gain: usize, dy: usize, dx: usize, columns: u32, mean: f32, scale: f32): void {
  const bytes = columns << 2;
  let sums = f32x4.splat(0);
  let sumsAlong = sums;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const dNormal = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
    const distance = f32x4.sub(v128.load(x + i), f32x4.splat(mean));
    sums = f32x4.add(sums, dNormal);
    sumsAlong = f32x4.add(sumsAlong, f32x4.mul(dNormal, distance));
  }
  let sum = sum4(sums);
  let along = sum4(sumsAlong);
  for (; i < bytes; i += 4) {
    const dNormal = load<f32>(dy + i) * load<f32>(gain + i);
    sum += dNormal;
    along += dNormal * (load<f32>(x + i) - mean);
  }
  const meanOf: f32 = sum / (columns as f32);
  const slope: f32 = (along * scale * scale) / (columns as f32); // times x − mean: n · mean(δn ∘ n)
  for (i = 0; i + 16 <= bytes; i += 16) {
    const dNormal = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
    const distance = f32x4.sub(v128.load(x + i), f32x4.splat(mean));
    const rest = f32x4.sub(f32x4.sub(dNormal, f32x4.splat(meanOf)), f32x4.mul(distance, f32x4.splat(slope)));
    v128.store(dx + i, f32x4.mul(rest, f32x4.splat(scale)));
  }
  for (; i < bytes; i += 4) {
    const dNormal = load<f32>(dy + i) * load<f32>(gain + i);
    store<f32>(dx + i, (dNormal - meanOf - (load<f32>(x + i) - mean) * slope) * scale);
  }
}

function addTo(sums: usize, x: usize, size: u32): void {
  for (let i: u32 = 0; i < size; i++) store<f32>(sums + (i << 2), load<f32>(sums + (i << 2)) + load<f32>(x + (i << 2)));
}
