import { packAcross, packAlong, panelSize } from './pack';
import { softmaxGradientRows, softmaxRows } from './softmax';
import { edgeBytes, multiplyPanels, tileColumns, tileRows } from './tile';

/** Numbers in the largest panels of a factor of attention: one side is a sequence or a head, so is the depth. */
function factorSize(steps: u32, size: u32, width: u32): u32 {
  const longest = max(steps, size);
  return panelSize(longest, longest, width);
}

/** Bytes of scratch memory that both passes of attention need. */
export function attentionScratchBytes(steps: u32, size: u32): u32 {
  return edgeBytes + 4 * (factorSize(steps, size, tileRows) + factorSize(steps, size, tileColumns) + steps * steps);
}

/**
 * Self-attention of every head of every sequence: P = softmax(Q·Kᵀ / √d), O = P·V. Queries, keys and values are read where
 * they lie, and outputs written where they belong, so that nothing is transposed.
 *
 * @param projected Q, K, V side by side, each with its heads side by side: [T, B, 3·heads·d]
 * @param output receives O, [T, B, heads·d]
 * @param shares receives P, [B, heads, T, T]
 */
export function attentionForward(
  projected: usize,
  output: usize,
  shares: usize,
  steps: u32,
  batch: u32,
  heads: u32,
  size: u32,
  edge: usize,
): void {
  const width = heads * size;
  const rowOfInput = batch * 3 * width; // numbers from one step to the next
  const rowOfOutput = batch * width;
  const left = edge + edgeBytes;
  const right = left + 4 * factorSize(steps, size, tileRows);
  const scale: f32 = 1 / Mathf.sqrt(size as f32);
  for (let sequence: u32 = 0; sequence < batch; sequence++) {
    for (let head: u32 = 0; head < heads; head++) {
      const q = projected + ((sequence * 3 * width + head * size) << 2);
      const k = q + (width << 2);
      const v = k + (width << 2);
      packAlong(q, rowOfInput, steps, size, tileRows, left);
      packAlong(k, rowOfInput, steps, size, tileColumns, right);
      multiplyPanels(left, steps, right, steps, size, shares, steps, false, edge);
      softmaxRows(shares, steps, steps, scale);
      packAlong(shares, steps, steps, steps, tileRows, left);
      packAcross(v, rowOfInput, size, steps, tileColumns, right);
      const o = output + ((sequence * width + head * size) << 2);
      multiplyPanels(left, steps, right, size, steps, o, rowOfOutput, false, edge);
      shares += (steps * steps) << 2;
    }
  }
}

/**
 * The gradient of `attentionForward`:
 *
 *   δV = Pᵀ·δO,  δP = δO·Vᵀ,  δS = P ∘ (δP − Σ_columns δP ∘ P) / √d,  δQ = δS·K,  δK = δSᵀ·Q
 *
 * @param dOutput δO, [T, B, heads·d]
 * @param dProjected receives δQ, δK, δV, [T, B, 3·heads·d]
 */
export function attentionBackward(
  projected: usize,
  shares: usize,
  dOutput: usize,
  dProjected: usize,
  steps: u32,
  batch: u32,
  heads: u32,
  size: u32,
  edge: usize,
): void {
  const width = heads * size;
  const rowOfInput = batch * 3 * width;
  const rowOfOutput = batch * width;
  const left = edge + edgeBytes;
  const right = left + 4 * factorSize(steps, size, tileRows);
  const dScores = right + 4 * factorSize(steps, size, tileColumns);
  const scale: f32 = 1 / Mathf.sqrt(size as f32);
  for (let sequence: u32 = 0; sequence < batch; sequence++) {
    for (let head: u32 = 0; head < heads; head++) {
      const first = (sequence * 3 * width + head * size) << 2;
      const q = projected + first;
      const k = q + (width << 2);
      const v = k + (width << 2);
      const dq = dProjected + first;
      const dk = dq + (width << 2);
      const dv = dk + (width << 2);
      const dO = dOutput + ((sequence * width + head * size) << 2);

      packAcross(shares, steps, steps, steps, tileRows, left);
      packAcross(dO, rowOfOutput, size, steps, tileColumns, right);
      multiplyPanels(left, steps, right, size, steps, dv, rowOfInput, false, edge);

      packAlong(dO, rowOfOutput, steps, size, tileRows, left);
      packAlong(v, rowOfInput, steps, size, tileColumns, right);
      multiplyPanels(left, steps, right, steps, size, dScores, steps, false, edge);
      softmaxGradientRows(shares, dScores, steps, steps, scale);

      packAlong(dScores, steps, steps, steps, tileRows, left);
      packAcross(k, rowOfInput, size, steps, tileColumns, right);
      multiplyPanels(left, steps, right, size, steps, dq, rowOfInput, false, edge);

      packAcross(dScores, steps, steps, steps, tileRows, left);
      packAcross(q, rowOfInput, size, steps, tileColumns, right);
      multiplyPanels(left, steps, right, size, steps, dk, rowOfInput, false, edge);
      shares += (steps * steps) << 2;
    }
  }
}
