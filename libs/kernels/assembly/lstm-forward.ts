import { activateGates } from './lstm-cell';
import { fillDepth, packAcross, packPart, panelSize } from './pack';
import { edgeBytes, multiplyPanels, tileColumns, tileRows } from './tile';

/** Sequences taken through all steps together: what a block works on stays in the nearer caches. */
export const lstmBlock: u32 = 64;

/** Bytes of scratch memory that `lstmForward` needs. */
export function lstmForwardScratchBytes(features: u32, units: u32): u32 {
  const depth = units + features + 1;
  const panels = panelSize(lstmBlock, depth, tileRows) + panelSize(4 * units, depth, tileColumns);
  return edgeBytes + 4 * (panels + lstmBlock * 5 * units);
}

/**
 * An LSTM layer over all steps: z_t = [h_{t−1}, x_t, 1] · W, then `activateGates`; h_{−1} = c_{−1} = 0.
 *
 * @param x [T, B, F]
 * @param weights W, [U + F + 1, 4U]
 * @param hidden receives h, [T, B, U]
 * @param gates receives the gates, [T, B, 4U], or 0 if no gradient is wanted
 * @param cells receives c, [T, B, U], or 0 likewise
 */
export function lstmForward(
  x: usize,
  weights: usize,
  hidden: usize,
  gates: usize,
  cells: usize,
  steps: u32,
  batch: u32,
  features: u32,
  units: u32,
  edge: usize,
): void {
  const depth = units + features + 1;
  const inputs = edge + edgeBytes;
  const packedWeights = inputs + 4 * panelSize(lstmBlock, depth, tileRows);
  const gatesBlock = packedWeights + 4 * panelSize(4 * units, depth, tileColumns);
  const cellBlock = gatesBlock + 16 * lstmBlock * units;
  packAcross(weights, 4 * units, 4 * units, depth, tileColumns, packedWeights);

  for (let first: u32 = 0; first < batch; first += lstmBlock) {
    const rows = min(lstmBlock, batch - first);
    const panelStep = tileRows << 2; // bytes per step of depth
    fillDepth(inputs, rows, tileRows, depth, units, 0); // h before the first step
    fillDepth(inputs + (units + features) * panelStep, rows, tileRows, depth, 1, 1);
    let cellPrevious: usize = 0;
    for (let t: u32 = 0; t < steps; t++) {
      const position = t * batch + first;
      const gatesHere = gates ? gates + ((position * 4 * units) << 2) : gatesBlock;
      const cell = cells ? cells + ((position * units) << 2) : cellBlock;
      const h = hidden + ((position * units) << 2);
      packPart(x + ((position * features) << 2), features, rows, features, tileRows, inputs + units * panelStep, depth);
      multiplyPanels(inputs, rows, packedWeights, 4 * units, depth, gatesHere, 4 * units, false, edge);
      activateGates(gatesHere, cellPrevious, cell, h, rows, units);
      packPart(h, units, rows, units, tileRows, inputs, depth);
      cellPrevious = cell;
    }
  }
}
