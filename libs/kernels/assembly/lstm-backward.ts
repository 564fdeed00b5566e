import { addColumnSums } from './column-sums';
import { gateGradients } from './lstm-cell';
import { lstmBlock } from './lstm-forward';
import { packAcross, packAlong, panelSize } from './pack';
import { edgeBytes, multiplyPanels, tileColumns, tileRows } from './tile';

/** Bytes of scratch memory that `lstmBackward` needs. */
export function lstmBackwardScratchBytes(features: u32, units: u32): u32 {
  const wide = 4 * units;
  const packedWeights = panelSize(units, wide, tileColumns) + panelSize(features, wide, tileColumns);
  const packedRows = panelSize(lstmBlock, wide, tileRows) + panelSize(wide, lstmBlock, tileColumns);
  const packedInputs = panelSize(max(units, features), lstmBlock, tileRows);
  return edgeBytes + 4 * (packedWeights + packedRows + packedInputs + lstmBlock * 6 * units);
}

/**
 * Gradient of `lstmForward`, from the last step to the first: `gateGradients`, then
 *
 *   δ[h_{t−1}, x_t] = δz_t · Wᵀ,  δW = Σ_t [h_{t−1}, x_t, 1]ᵀ · δz_t
 *
 * @param hidden what `lstmForward` gave, as `gates` and `cells`
 * @param dHidden δh from above, [T, B, U]
 * @param dWeights receives δW, [U + F + 1, 4U]
 * @param dx receives δx, [T, B, F], or 0 if it is not wanted
 */
export function lstmBackward(
  x: usize,
  weights: usize,
  hidden: usize,
  gates: usize,
  cells: usize,
  dHidden: usize,
  dWeights: usize,
  dx: usize,
  steps: u32,
  batch: u32,
  features: u32,
  units: u32,
  edge: usize,
): void {
  const wide = 4 * units;
  const recurrent = edge + edgeBytes;
  const kernel = recurrent + 4 * panelSize(units, wide, tileColumns);
  const dzAsLeft = kernel + 4 * panelSize(features, wide, tileColumns);
  const dzAsRight = dzAsLeft + 4 * panelSize(lstmBlock, wide, tileRows);
  const inputs = dzAsRight + 4 * panelSize(wide, lstmBlock, tileColumns);
  const dz = inputs + 4 * panelSize(max(units, features), lstmBlock, tileRows);
  const dHiddenNext = dz + 4 * lstmBlock * wide;
  const dCell = dHiddenNext + 4 * lstmBlock * units;
  const kernelRows = (units * wide) << 2; // bytes of W, or of its gradient, before the rows of the input
  const biasRow = ((units + features) * wide) << 2;
  packAlong(weights, wide, units, wide, tileColumns, recurrent);
  packAlong(weights + kernelRows, wide, features, wide, tileColumns, kernel);
  memory.fill(dWeights, 0, ((units + features + 1) * wide) << 2);

  for (let first: u32 = 0; first < batch; first += lstmBlock) {
    const rows = min(lstmBlock, batch - first);
    memory.fill(dHiddenNext, 0, 8 * lstmBlock * units); // and dCell, which follows
    for (let t: i32 = steps - 1; t >= 0; t--) {
      const position = (t as u32) * batch + first;
      const before = position - batch; // the same sequences one step earlier
      const cell = cells + ((position * units) << 2);
      const cellPrevious = t > 0 ? cells + ((before * units) << 2) : 0;
      const dh = dHidden + ((position * units) << 2);
      gateGradients(gates + ((position * wide) << 2), cellPrevious, cell, dh, dHiddenNext, dCell, dz, rows, units);

      packAlong(dz, wide, rows, wide, tileRows, dzAsLeft);
      if (t > 0) multiplyPanels(dzAsLeft, rows, recurrent, units, wide, dHiddenNext, units, false, edge);
      if (dx) {
        multiplyPanels(
          dzAsLeft,
          rows,
          kernel,
          features,
          wide,
          dx + ((position * features) << 2),
          features,
          false,
          edge,
        );
      }

      packAcross(dz, wide, wide, rows, tileColumns, dzAsRight);
      packAcross(x + ((position * features) << 2), features, features, rows, tileRows, inputs);
      multiplyPanels(inputs, features, dzAsRight, wide, rows, dWeights + kernelRows, wide, true, edge);
      addColumnSums(dz, rows, wide, dWeights + biasRow);
      if (t > 0) {
        packAcross(hidden + ((before * units) << 2), units, units, rows, tileRows, inputs);
        multiplyPanels(inputs, units, dzAsRight, wide, rows, dWeights, wide, true, edge);
      }
    }
  }
}
