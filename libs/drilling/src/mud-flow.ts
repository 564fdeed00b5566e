/** How a mud resists being sheared. */
export type Rheology =
  | { readonly type: 'bingham'; readonly plasticViscosityPaS: number; readonly yieldPointPa: number }
  /** Shear stress K·γ̇ⁿ: consistency K in Pa·sⁿ, index n. */
  | { readonly type: 'power-law'; readonly consistency: number; readonly flowIndex: number };

/** A mud with its density. */
export interface DrillingMud {
  readonly densityKgM3: number;
  readonly rheology: Rheology;
}

/** What the mud flows through: the bore of a pipe, or the ring between two walls, taken as a slot. */
export interface MudChannel {
  readonly shape: 'pipe' | 'annulus';
  /** Inner diameter; of an annulus the difference of its diameters. */
  readonly diameterM: number;
  readonly areaM2: number;
}

/** The channel of a pipe's bore. */
export function pipeChannel(innerDiameterM: number): MudChannel {
  return { shape: 'pipe', diameterM: innerDiameterM, areaM2: (Math.PI / 4) * innerDiameterM ** 2 };
}

/** The channel around a pipe in a hole. */
export function annulusChannel(holeDiameterM: number, pipeDiameterM: number): MudChannel {
  const areaM2 = (Math.PI / 4) * (holeDiameterM ** 2 - pipeDiameterM ** 2);
  return { shape: 'annulus', diameterM: holeDiameterM - pipeDiameterM, areaM2 };
}

/**
 * Friction per length of a mud, laminar or turbulent, whichever is greater (Bourgoyne, Millheim, Chenevert & Young 1986,
 * "Applied Drilling Engineering", SPE, §4.10–4.13, table 4.6, in SI units). D is the diameter, v the mean velocity.
 *
 *   Bingham, laminar:      pipe 32·μ·v / D² + 16·τ / (3·D),   annulus 48·μ·v / D² + 6·τ / D
 *   power law, laminar:    (4·K / D)·(8·v / D·(3n + 1) / 4n)ⁿ,   annulus (4·K / D)·(12·v / D·(2n + 1) / 3n)ⁿ
 *   Bingham, turbulent:    2·f·ρ·v² / D_e,  f = 0.0791·(ρ·v·D_e / μ)^−¼,  D_e = D, in an annulus 0.816·D
 *   power law, turbulent:  2·f·ρ·v² / D,  f = a·Re^−b,  a = (log n + 3.93) / 50,  b = (1.75 − log n) / 7,
 *                          Re of Metzner & Reed (1955): 8·ρ·v² / (wall stress of laminar flow) in a pipe, 12 in an annulus
 *
 * In laminar flow of a Bingham mud the stress at the wall is taken to be well above the yield point, as there.
 *
 * @param flow m³/s
 * @returns Pa/m; 0 without flow
 *
 * @example
 * ```ts
 * import { frictionGradient, pipeChannel } from '@i-drill/drilling';
 * const mud = { densityKgM3: 1200, rheology: { type: 'bingham', plasticViscosityPaS: 0.02, yieldPointPa: 6 } } as const;
 * const bore = pipeChannel(0.1);
 * Math.round(frictionGradient(mud, bore, 0.5 * bore.areaM2)); // => 352
 * ```
 */
export function frictionGradient(mud: DrillingMud, channel: MudChannel, flow: number): number {
  if (flow <= 0) return 0;
  const velocity = flow / channel.areaM2;
  return mud.rheology.type === 'bingham'
    ? binghamGradient(mud.densityKgM3, mud.rheology, channel, velocity)
    : powerLawGradient(mud.densityKgM3, mud.rheology, channel, velocity);
}

type Bingham = Extract<Rheology, { type: 'bingham' }>;
type PowerLaw = Extract<Rheology, { type: 'power-law' }>;

function binghamGradient(density: number, rheology: Bingham, { shape, diameterM: d }: MudChannel, v: number): number {
  const { plasticViscosityPaS: viscosity, yieldPointPa: yieldPoint } = rheology;
  const isPipe = shape === 'pipe';
  const laminar = isPipe
    ? (32 * viscosity * v) / (d * d) + (16 * yieldPoint) / (3 * d)
    : (48 * viscosity * v) / (d * d) + (6 * yieldPoint) / d;
  const equivalent = isPipe ? d : 0.816 * d;
  const reynolds = (density * v * equivalent) / viscosity;
  const turbulent = (2 * 0.0791 * density * v * v) / (Math.sqrt(Math.sqrt(reynolds)) * equivalent);
  return Math.max(laminar, turbulent);
}

function powerLawGradient(density: number, rheology: PowerLaw, { shape, diameterM: d }: MudChannel, v: number): number {
  const { consistency, flowIndex: n } = rheology;
  const shearRate =
    shape === 'pipe' ? ((8 * v) / d) * ((3 * n + 1) / (4 * n)) : ((12 * v) / d) * ((2 * n + 1) / (3 * n));
  const wallStress = consistency * shearRate ** n;
  const reynolds = ((shape === 'pipe' ? 8 : 12) * density * v * v) / wallStress;
  const friction = ((Math.log10(n) + 3.93) / 50) * reynolds ** -((1.75 - Math.log10(n)) / 7);
  return Math.max((4 * wallStress) / d, (2 * friction * density * v * v) / d);
}
