import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annulusChannel, frictionGradient, pipeChannel, type DrillingMud, type MudChannel } from './mud-flow.js';

const inch = 0.0254;
const psiPerFoot = 22_620.59;
const gallonPerMinute = 6.309_02e-5;
const ppg = 119.826_4;

const newtonian = (viscosity: number): DrillingMud[] => [
  { densityKgM3: 1000, rheology: { type: 'bingham', plasticViscosityPaS: viscosity, yieldPointPa: 0 } },
  { densityKgM3: 1000, rheology: { type: 'power-law', consistency: viscosity, flowIndex: 1 } },
];

describe('frictionGradient()', () => {
  it('is Hagen and Poiseuille in a pipe and between plates, where a mud has no yield and an index of 1', () => {
    const bore = pipeChannel(0.1);
    const ring = annulusChannel(0.3, 0.2);
    for (const mud of newtonian(0.5)) {
      expect(frictionGradient(mud, bore, 0.2 * bore.areaM2)).toBeCloseTo((32 * 0.5 * 0.2) / 0.1 ** 2, 6);
      expect(frictionGradient(mud, ring, 0.2 * ring.areaM2)).toBeCloseTo((48 * 0.5 * 0.2) / 0.1 ** 2, 6);
    }
  });

  it('agrees with the field equations of Bourgoyne et al. (1986, table 4.6), laminar Bingham', () => {
    // pipe: μ·v / (1500·d²) + τ / (225·d); annulus: μ·v / (1000·d²) + τ / (200·d); cp, ft/s, in, lbf/100 ft², psi/ft
    const [viscosity, yieldPoint, velocity] = [20, 10, 2];
    const mud: DrillingMud = {
      densityKgM3: 10 * ppg,
      rheology: { type: 'bingham', plasticViscosityPaS: viscosity / 1000, yieldPointPa: yieldPoint * 0.478_803 },
    };
    const bore = pipeChannel(3.826 * inch);
    const pipeField = (viscosity * velocity) / (1500 * 3.826 ** 2) + yieldPoint / (225 * 3.826);
    expect(frictionGradient(mud, bore, velocity * 0.3048 * bore.areaM2) / psiPerFoot / pipeField).toBeCloseTo(1, 2);
    const ring = annulusChannel(8.5 * inch, 5 * inch);
    const ringField = (viscosity * velocity) / (1000 * 3.5 ** 2) + yieldPoint / (200 * 3.5);
    expect(frictionGradient(mud, ring, velocity * 0.3048 * ring.areaM2) / psiPerFoot / ringField).toBeCloseTo(1, 2);
  });

  it('agrees with the field equations of the same table, turbulent', () => {
    // pipe: ρ^0.75·v^1.75·μ^0.25 / (1800·d^1.25); annulus 1396
    const [viscosity, density, velocity] = [15, 10, 16];
    const mud: DrillingMud = {
      densityKgM3: density * ppg,
      rheology: { type: 'bingham', plasticViscosityPaS: viscosity / 1000, yieldPointPa: 2 },
    };
    const field = (divisor: number, d: number): number => (density ** 0.75 * velocity ** 1.75 * viscosity ** 0.25) / (divisor * d ** 1.25); // prettier-ignore
    const bore = pipeChannel(3.826 * inch);
    expect(frictionGradient(mud, bore, velocity * 0.3048 * bore.areaM2) / psiPerFoot / field(1800, 3.826)).toBeCloseTo(1, 2); // prettier-ignore
    const ring = annulusChannel(8.5 * inch, 5 * inch);
    expect(frictionGradient(mud, ring, velocity * 0.3048 * ring.areaM2) / psiPerFoot / field(1396, 3.5)).toBeCloseTo(1, 2); // prettier-ignore
  });

  it('agrees with the power law of the same table: K / (144 000·d^(1 + n))·v^n·((3 + 1/n) / 0.0416)^n in a pipe', () => {
    // K in eq. cp: 1 Pa·sⁿ = 1000 eq. cp
    const [n, consistency, velocity, d] = [0.6, 0.8, 2, 3.826];
    const mud: DrillingMud = { densityKgM3: 10 * ppg, rheology: { type: 'power-law', consistency, flowIndex: n } };
    const bore = pipeChannel(d * inch);
    const field = ((1000 * consistency * velocity ** n) / (144_000 * d ** (1 + n))) * ((3 + 1 / n) / 0.0416) ** n;
    expect(frictionGradient(mud, bore, velocity * 0.3048 * bore.areaM2) / psiPerFoot / field).toBeCloseTo(1, 2);
  });

  it('agrees with a published example of the power law, turbulent: 665 psi in 11,400 ft of drill pipe', () => {
    // Texas A&M University, PETE 411 "Well Drilling", lesson 13 (API RP 13D, 1995): 280 gal/min of 12.5 lb/gal, bore 3.78 in,
    // dial readings 65 and 39: n = 0.737, K = 2.017 dyn·sⁿ/cm², 8.00 ft/s. It rounds the viscosity to 53 cp.
    const mud: DrillingMud = { densityKgM3: 12.5 * ppg, rheology: { type: 'power-law', consistency: 0.2017, flowIndex: 0.737 } }; // prettier-ignore
    const bore = pipeChannel(3.78 * inch);
    expect((280 * gallonPerMinute) / bore.areaM2 / 0.3048).toBeCloseTo(8, 1);
    const loss = (frictionGradient(mud, bore, 280 * gallonPerMinute) / psiPerFoot) * 11_400;
    expect(Math.abs(loss / 665 - 1)).toBeLessThan(0.005);
  });

  it('agrees with a published example of Bingham: turbulent in the pipe, laminar around it', () => {
    // Guo & Liu (2011) "Applied Drilling Circulation Systems", Gulf, example 2.2: 250 gal/min of 10.5 lb/gal, 20 cp, 5 lbf/100 ft²,
    // bore 3.826 in: 6.98 ft/s, Re 6803; hole 8.75 in around 4.5 in: 1.81 ft/s, Re 777. Losses by eqs. 2.60 and 2.59.
    const mud: DrillingMud = { densityKgM3: 10.5 * ppg, rheology: { type: 'bingham', plasticViscosityPaS: 0.02, yieldPointPa: 5 * 0.478_803 } }; // prettier-ignore
    const loss = (channel: MudChannel): number => frictionGradient(mud, channel, 250 * gallonPerMinute) / psiPerFoot;
    const turbulent = (10.5 ** 0.75 * 6.98 ** 1.75 * 20 ** 0.25) / (1800 * 3.826 ** 1.25);
    expect(Math.abs(loss(pipeChannel(3.826 * inch)) / turbulent - 1)).toBeLessThan(0.005);
    const laminar = (20 * 1.81) / (1000 * 4.25 ** 2) + 5 / (200 * 4.25);
    expect(Math.abs(loss(annulusChannel(8.75 * inch, 4.5 * inch)) / laminar - 1)).toBeLessThan(0.005);
  });

  it('is close to the friction factor of Dodge and Metzner (1959) where a power-law mud is turbulent', () => {
    const [n, consistency, density, d] = [0.7, 0.3, 1200, 0.1];
    const mud: DrillingMud = { densityKgM3: density, rheology: { type: 'power-law', consistency, flowIndex: n } };
    const bore = pipeChannel(d);
    const velocity = 6;
    const reynolds =
      (density * velocity ** (2 - n) * d ** n) / (8 ** (n - 1) * consistency * ((3 * n + 1) / (4 * n)) ** n);
    let f = 0.005;
    for (let i = 0; i < 100; i++)
      f = ((4 / n ** 0.75) * Math.log10(reynolds * f ** (1 - n / 2)) - 0.395 / n ** 1.2) ** -2;
    const expected = (2 * f * density * velocity ** 2) / d;
    expect(reynolds).toBeGreaterThan(5000);
    expect(Math.abs(frictionGradient(mud, bore, velocity * bore.areaM2) / expected - 1)).toBeLessThan(0.05);
  });

  it('rises with the flow, without a jump, for any mud in any channel', () => {
    const rheologies = fc.oneof(
      fc.record({ type: fc.constant('bingham' as const), plasticViscosityPaS: fc.double({ min: 0.005, max: 0.06, noNaN: true }), yieldPointPa: fc.double({ min: 0, max: 20, noNaN: true }) }), // prettier-ignore
      fc.record({ type: fc.constant('power-law' as const), consistency: fc.double({ min: 0.05, max: 2, noNaN: true }), flowIndex: fc.double({ min: 0.4, max: 1, noNaN: true }) }), // prettier-ignore
    );
    const channels = fc.constantFrom(pipeChannel(0.1086), annulusChannel(0.2159, 0.127));
    fc.assert(
      fc.property(rheologies, channels, fc.double({ min: 1e-4, max: 0.06, noNaN: true }), (rheology, channel, flow) => {
        const mud = { densityKgM3: 1200, rheology };
        const [here, beyond] = [frictionGradient(mud, channel, flow), frictionGradient(mud, channel, flow * 1.001)];
        expect(beyond).toBeGreaterThan(here);
        expect(beyond).toBeLessThan(here * 1.003);
      }),
    );
    expect(frictionGradient(newtonian(0.02)[0]!, pipeChannel(0.1), 0)).toBe(0);
  });

  it('is what a pump sees in the field, about: 400 gal/min of 10 lbm/gal mud through 5 in pipe lose 4 to 8 psi per 100 ft', () => {
    const mud: DrillingMud = { densityKgM3: 10 * ppg, rheology: { type: 'bingham', plasticViscosityPaS: 0.02, yieldPointPa: 5 } }; // prettier-ignore
    const loss = (frictionGradient(mud, pipeChannel(4.276 * inch), 400 * gallonPerMinute) / psiPerFoot) * 100;
    expect(loss).toBeGreaterThan(4);
    expect(loss).toBeLessThan(8);
  });
});
