import { transposeBlock } from './transpose';

/**
 * Panels: the order in which the tile of a product reads a factor. A panel holds `width` rows of the left factor (or
 * columns of the right one), its lanes, as [depth][width]; panels follow one another. Lanes that the last panel has too
 * many are 0.
 */

/** Numbers in the panels of `lanes` lanes. */
export function panelSize(lanes: u32, depth: u32, width: u32): u32 {
  return ((lanes + width - 1) / width) * width * depth;
}

/**
 * Packs lanes that lie side by side: lane l at depth k is source[k · stride + l]. So lie the right factor of A·B and the
 * left one of Aᵀ·B.
 */
export function packAcross(source: usize, stride: u32, lanes: u32, depth: u32, width: u32, panels: usize): void {
  for (let lane: u32 = 0; lane < lanes; lane += width) {
    const panel = panels + ((lane * depth) << 2);
    for (let group: u32 = 0; group < width; group += 4) {
      const from = source + ((lane + group) << 2);
      const to = panel + (group << 2);
      if (lane + group + 4 <= lanes) copyGroup(from, stride << 2, depth, to, width << 2);
      else copyPartialGroup(from, stride << 2, depth, to, width, lanes > lane + group ? lanes - lane - group : 0);
    }
  }
}

function copyGroup(from: usize, fromStep: usize, depth: u32, to: usize, toStep: usize): void {
  for (let k: u32 = 0; k < depth; k++) {
    v128.store(to, v128.load(from));
    from += fromStep;
    to += toStep;
  }
}

function copyPartialGroup(from: usize, fromStep: usize, depth: u32, to: usize, width: u32, lanes: u32): void {
  for (let k: u32 = 0; k < depth; k++) {
    for (let lane: u32 = 0; lane < 4; lane++) {
      store<f32>(to + (lane << 2), lane < lanes ? load<f32>(from + (lane << 2)) : 0);
    }
    from += fromStep;
    to += width << 2;
  }
}

/**
 * Packs lanes that lie one below the other: lane l at depth k is source[l · stride + k]. So lie the left factor of A·B
 * and the right one of A·Bᵀ.
 */
export function packAlong(source: usize, stride: u32, lanes: u32, depth: u32, width: u32, panels: usize): void {
  packPart(source, stride, lanes, depth, width, panels, depth);
}

/**
 * `packAlong` for a part of the depth: panels that are filled from several sources.
 *
 * @param panels where the part begins in the first panel
 * @param panelDepth depth of the whole panels
 */
export function packPart(
  source: usize,
  stride: u32,
  lanes: u32,
  depth: u32,
  width: u32,
  panels: usize,
  panelDepth: u32,
): void {
  const step = width << 2;
  for (let lane: u32 = 0; lane < lanes; lane += width) {
    for (let group: u32 = 0; group < width; group += 4) {
      const from = source + (((lane + group) * stride) << 2);
      const to = panels + ((lane * panelDepth + group) << 2);
      if (lane + group + 4 <= lanes) turnGroup(from, stride << 2, depth, to, step);
      else turnPartialGroup(from, stride << 2, depth, to, step, lanes > lane + group ? lanes - lane - group : 0);
    }
  }
}

/** Four lanes at once, four deep: a 4 x 4 transpose. */
function turnGroup(from: usize, stride: usize, depth: u32, to: usize, step: usize): void {
  let k: u32 = 0;
  for (; k + 4 <= depth; k += 4) {
    transposeBlock(from, stride, to, step);
    from += 16;
    to += 4 * step;
  }
  turnPartialGroup(from, stride, depth - k, to, step, 4);
}

function turnPartialGroup(from: usize, stride: usize, depth: u32, to: usize, step: usize, lanes: u32): void {
  for (let k: u32 = 0; k < depth; k++) {
    for (let lane: u32 = 0; lane < 4; lane++) {
      store<f32>(to + (lane << 2), lane < lanes ? load<f32>(from + (lane as usize) * stride) : 0);
    }
    from += 4;
    to += step;
  }
}

/** Fills a range of depth of every lane with one value. */
export function fillDepth(panels: usize, lanes: u32, width: u32, panelDepth: u32, depth: u32, value: f32): void {
  const four = f32x4.splat(value);
  for (let lane: u32 = 0; lane < lanes; lane += width) {
    let to = panels + ((lane * panelDepth) << 2);
    for (let i: u32 = 0; i < depth * width; i += 4) {
      v128.store(to, four);
      to += 16;
    }
  }
}
