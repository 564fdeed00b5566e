import { sigmoid4, tanh4 } from './vector-math';

/**
 * Gates, cell and hidden state of a block of sequences at one step:
 *
 *   i, f, o = σ(z^i), σ(z^f), σ(z^o),  g = tanh(z^g),  c = f ∘ c_{t−1} + i ∘ g,  h = o ∘ tanh(c)
 *
 * @param gates z, replaced by the gates, [rows, 4U] with blocks i, f, g, o
 * @param cellPrevious c_{t−1}, [rows, U], or 0 at the first step
 * @param cell c, [rows, U]; may be `cellPrevious`
 * @param hidden h, [rows, U]
 */
export function activateGates(
  gates: usize,
  cellPrevious: usize,
  cell: usize,
  hidden: usize,
  rows: u32,
  units: u32,
): void {
  const block = units << 2;
  for (let row: u32 = 0; row < rows; row++) {
    let unit: u32 = 0;
    for (; unit + 4 <= units; unit += 4) {
      const i = sigmoid4(v128.load(gates));
      const f = sigmoid4(v128.load(gates + block));
      const g = tanh4(v128.load(gates + 2 * block));
      const o = sigmoid4(v128.load(gates + 3 * block));
      v128.store(gates, i);
      v128.store(gates + block, f);
      v128.store(gates + 2 * block, g);
      v128.store(gates + 3 * block, o);
      const previous = cellPrevious ? v128.load(cellPrevious) : f32x4.splat(0);
      const c = f32x4.add(f32x4.mul(f, previous), f32x4.mul(i, g));
      v128.store(cell, c);
      v128.store(hidden, f32x4.mul(o, tanh4(c)));
      gates += 16;
      cell += 16;
      hidden += 16;
      if (cellPrevious) cellPrevious += 16;
    }
    for (; unit < units; unit++) {
      const i = lane0(sigmoid4(v128.load_splat<f32>(gates)));
      const f = lane0(sigmoid4(v128.load_splat<f32>(gates + block)));
      const g = lane0(tanh4(v128.load_splat<f32>(gates + 2 * block)));
      const o = lane0(sigmoid4(v128.load_splat<f32>(gates + 3 * block)));
      store<f32>(gates, i);
      store<f32>(gates + block, f);
      store<f32>(gates + 2 * block, g);
      store<f32>(gates + 3 * block, o);
      const c = (cellPrevious ? f * load<f32>(cellPrevious) : 0) + i * g;
      store<f32>(cell, c);
      store<f32>(hidden, o * lane0(tanh4(f32x4.splat(c))));
      gates += 4;
      cell += 4;
      hidden += 4;
      if (cellPrevious) cellPrevious += 4;
    }
    gates += 3 * block;
  }
}

function lane0(x: v128): f32 {
  return f32x4.extract_lane(x, 0);
}

/**
 * Derivatives of the loss for what `activateGates` read, δ for derivatives, both δh already added:
 *
 *   δo = δh ∘ tanh(c),  δc += δh ∘ o ∘ (1 − tanh²(c)),  δi = δc ∘ g,  δf = δc ∘ c_{t−1},  δg = δc ∘ i
 *   δz = δgate ∘ slope of its activation;  δc ∘ f flows to t − 1
 *
 * @param dHidden δh from above, [rows, U]
 * @param dHiddenNext δh from step t + 1, [rows, U]
 * @param dCell δc from step t + 1, replaced by what flows to t − 1, [rows, U]
 * @param dz δz, [rows, 4U]
 */
export function gateGradients(
  gates: usize,
  cellPrevious: usize,
  cell: usize,
  dHidden: usize,
  dHiddenNext: usize,
  dCell: usize,
  dz: usize,
  rows: u32,
  units: u32,
): void {
  const block = units << 2;
  const one = f32x4.splat(1);
  for (let row: u32 = 0; row < rows; row++) {
    let unit: u32 = 0;
    for (; unit + 4 <= units; unit += 4) {
      const i = v128.load(gates);
      const f = v128.load(gates + block);
      const g = v128.load(gates + 2 * block);
      const o = v128.load(gates + 3 * block);
      const tanhC = tanh4(v128.load(cell));
      const dh = f32x4.add(v128.load(dHidden), v128.load(dHiddenNext));
      const dO = f32x4.mul(dh, tanhC);
      const dc = f32x4.add(v128.load(dCell), f32x4.mul(o, f32x4.sub(dh, f32x4.mul(dO, tanhC))));
      const previous = cellPrevious ? v128.load(cellPrevious) : f32x4.splat(0);
      v128.store(dz, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))));
      v128.store(dz + block, f32x4.mul(f32x4.mul(dc, previous), f32x4.mul(f, f32x4.sub(one, f))));
      v128.store(dz + 2 * block, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
      v128.store(dz + 3 * block, f32x4.mul(dO, f32x4.mul(o, f32x4.sub(one, o))));
      v128.store(dCell, f32x4.mul(dc, f));
      gates += 16;
      cell += 16;
      dHidden += 16;
      dHiddenNext += 16;
      dCell += 16;
      dz += 16;
      if (cellPrevious) cellPrevious += 16;
    }
    for (; unit < units; unit++) {
      const i = load<f32>(gates);
      const f = load<f32>(gates + block);
      const g = load<f32>(gates + 2 * block);
      const o = load<f32>(gates + 3 * block);
      const tanhC = lane0(tanh4(v128.load_splat<f32>(cell)));
      const dh = load<f32>(dHidden) + load<f32>(dHiddenNext);
      const dO = dh * tanhC;
      const dc = load<f32>(dCell) + o * (dh - dO * tanhC);
      store<f32>(dz, dc * g * i * (1 - i));
      store<f32>(dz + block, cellPrevious ? dc * load<f32>(cellPrevious) * f * (1 - f) : 0);
      store<f32>(dz + 2 * block, dc * i * (1 - g * g));
      store<f32>(dz + 3 * block, dO * o * (1 - o));
      store<f32>(dCell, dc * f);
      gates += 4;
      cell += 4;
      dHidden += 4;
      dHiddenNext += 4;
      dCell += 4;
      dz += 4;
      if (cellPrevious) cellPrevious += 4;
    }
    gates += 3 * block;
    dz += 3 * block;
  }
}
