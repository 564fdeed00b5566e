/** A fixed-cutter bit, as the drag-bit law sees it. */
export interface DragBit {
  readonly radiusM: number;
  /** ζ: vertical over horizontal cutting force of a sharp cutter. */
  readonly forceRatio: number;
  /** γ: how the cutters are spread over the face; 1 for a flat bit with evenly worn cutters. */
  readonly geometryFactor: number;
  /** ℓ: length of the wear flats of all cutters, summed along a radius. Grows with wear. */
  readonly wearFlatM: number;
}

/** The rock under the bit. */
export interface RockResistance {
  /** ε: intrinsic specific energy at bottom-hole pressure; also the confined strength (Teale 1965). */
  readonly strengthPa: number;
  /** μ: friction of a wear flat on this rock. */
  readonly frictionCoefficient: number;
}

/** What the driller gives the bit. */
export interface BitLoad {
  readonly weightN: number;
  /** Revolutions per second. */
  readonly rotationHz: number;
  /** Depth of cut per revolution above which cuttings are not cleared, see `founderDepth`. */
  readonly founderDepthM: number;
}

/** How the bit answers. */
export interface BitResponse {
  /** d: advance per revolution. */
  readonly depthOfCutM: number;
  /** Metres per second. */
  readonly penetrationRate: number;
  readonly torqueNm: number;
  /** The part of the torque that wears and heats and cuts nothing. */
  readonly frictionTorqueNm: number;
}

/** σ / ε: contact stress under a wear flat over intrinsic specific energy. A setting of this model. */
const contactStressRatio = 0.4;
/** d_o / ℓ: depth of cut at which the wear flats are in full contact. A setting of this model. */
const engagementRatio = 0.1;
/** Above the founder point an extra depth of cut comes at this share of what clean rock would give. Likewise. */
const founderShare = 0.3;

/**
 * Response of a drag bit (Detournay & Defourny 1992, Int. J. Rock Mech. Min. Sci. 29(1); phases as in Detournay, Richard
 * & Shepherd 2008, same journal 45(8)). Weight splits into cutting and friction on the wear flats:
 *
 *   W = ζ·ε·a·d + W_f          T = ½·ε·a²·d + ½·μ·γ·a·W_f
 *
 * Phase I, below d_o = 0.1·ℓ: the flats engage, W_f = W*·d / d_o with W* = a·ℓ·σ and σ = 0.4·ε; how long they are does not
 * matter yet.
 * Phase II: W_f = W*, and all extra weight cuts. Phase III, above the founder depth: 0.3 of the extra depth is kept and
 * the weight left over is rubbed away in uncleared cuttings.
 *
 * In every phase the energy balance E = (1 − μγζ)·ε + μγ·S holds, with E = 2T / (a²·d) and S = W / (a·d).
 *
 * @example
 * ```ts
 * import { dragBit } from '@i-drill/drilling';
 * const bit = { radiusM: 0.1, forceRatio: 0.5, geometryFactor: 1, wearFlatM: 0 };
 * const rock = { strengthPa: 200e6, frictionCoefficient: 0.5 };
 * dragBit(bit, rock, { weightN: 20_000, rotationHz: 2, founderDepthM: 1 }).depthOfCutM; // => 0.002
 * ```
 */
export function dragBit(bit: DragBit, rock: RockResistance, load: BitLoad): BitResponse {
  const cuttingStiffness = bit.forceRatio * rock.strengthPa * bit.radiusM; // ζεa, N per m of depth of cut
  const depthOfCutM = limitByCleaning(cleanDepthOfCut(bit, rock, load.weightN), load.founderDepthM);
  const frictionWeightN = load.weightN - cuttingStiffness * depthOfCutM;
  const cuttingTorqueNm = 0.5 * rock.strengthPa * bit.radiusM ** 2 * depthOfCutM;
  const frictionTorqueNm = 0.5 * rock.frictionCoefficient * bit.geometryFactor * bit.radiusM * frictionWeightN;
  return {
    depthOfCutM,
    penetrationRate: depthOfCutM * load.rotationHz,
    torqueNm: cuttingTorqueNm + frictionTorqueNm,
    frictionTorqueNm,
  };
}

function cleanDepthOfCut(bit: DragBit, rock: RockResistance, weightN: number): number {
  const cuttingStiffness = bit.forceRatio * rock.strengthPa * bit.radiusM;
  const fullContactN = bit.radiusM * bit.wearFlatM * contactStressRatio * rock.strengthPa; // W*
  const engagedAtM = engagementRatio * bit.wearFlatM; // d_o
  const saturated = weightN >= cuttingStiffness * engagedAtM + fullContactN;
  return saturated
    ? (weightN - fullContactN) / cuttingStiffness
    : weightN / (cuttingStiffness + fullContactN / engagedAtM);
}

function limitByCleaning(depthM: number, founderDepthM: number): number {
  return depthM <= founderDepthM ? depthM : founderDepthM + founderShare * (depthM - founderDepthM);
}
