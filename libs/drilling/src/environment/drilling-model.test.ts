import { normalised, vectorEnvironment } from '@i-drill/environments';
import { vectorEnvironmentContract } from '@i-drill/environments/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drillingObservation } from './channels.js';
import { drillingModel } from './drilling-model.js';
import type { DrillingOptions } from './drilling-options.js';
import { slot, wellStateSize } from './well-state.js';

vectorEnvironmentContract('Drilling-v1', (count) => vectorEnvironment(drillingModel(), count));
vectorEnvironmentContract('Drilling-v1, normalised,', (count) => normalised(vectorEnvironment(drillingModel({ sensors: 'ideal' }), count))); // prettier-ignore
vectorEnvironmentContract('Drilling-v1 with trips', (count) =>
  vectorEnvironment(drillingModel({ tripping: true }), count),
);
vectorEnvironmentContract('Drilling-v1 with a roller-cone bit', (count) => vectorEnvironment(drillingModel({ bit: 'roller-cone', preset: 'soft' }), count)); // prettier-ignore

type SetPoint = [weight: number, speed: number, flow: number];
const usual: SetPoint = [90, 110, 2000];

/** The state after some steps at a set-point, in a well made as it is wished. */
function after(
  steps: number,
  set: SetPoint,
  {
    seed = 3,
    options = {},
    prepare,
  }: { seed?: number; options?: DrillingOptions; prepare?: (state: Float64Array) => void } = {},
) {
  // prettier-ignore
  const model = drillingModel({ sensors: 'ideal', ...options });
  const state = new Float64Array(wellStateSize);
  model.begin(state, 0, seed);
  prepare?.(state);
  let reward = 0;
  for (let i = 0; i < steps; i++) reward += model.advance(state, 0, Float32Array.from(set), 0);
  const shown = new Float32Array(drillingObservation.length);
  model.observe(state, 0, shown, 0);
  const channel = (name: string): number => shown[drillingObservation.findIndex((each) => each.name === name)]!;
  return { state, reward, channel, hasEnded: model.hasEnded(state, 0) };
}

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('a drilled well', () => {
  it('gives nothing to a rig that idles: no hole, and rig time to pay', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { state, reward } = after(10, [0, 0, 0], { seed });
        expect(state[slot.depthM]).toBe(after(0, usual, { seed }).state[slot.depthM]);
        expect(reward).toBeLessThanOrEqual(-10 * (2500 / 12 / 1000) + 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('pays rig time alone for an idle hour in a sound well', () => {
    const sound = (state: Float64Array): void => {
      state[slot.bed + 6] = 500; // no pressure below
      state[slot.bed + 7] = 3000;
    };
    expect(after(12, [0, 0, 0], { prepare: sound }).reward).toBeCloseTo(-2.5, 6);
  });

  it('is drilled faster with more weight below the founder, and slower by a worn bit', () => {
    const light = fc.double({ min: 30, max: 60, noNaN: true });
    fc.assert(
      fc.property(seeds, light, (seed, weight) => {
        const clean =
          (wear: number) =>
          (state: Float64Array): void => {
            state[slot.bed + 8] = 100; // no founder in reach
            state[slot.wear] = wear;
            state[slot.truth + 6] = state[slot.mudDensity]!;
          };
        const rate = (kn: number, wear: number): number => after(1, [kn, 110, 3000], { seed, prepare: clean(wear) }).channel('rate_of_penetration'); // prettier-ignore
        expect(rate(weight * 1.2, 0.2)).toBeGreaterThan(rate(weight, 0.2));
        expect(rate(weight, 0.6)).toBeLessThanOrEqual(rate(weight, 0.2)); // flats that do not bear yet do not matter
        expect(rate(160, 0.6)).toBeLessThan(rate(160, 0.2));
      }),
      { numRuns: 60 },
    );
  });

  it('ends with a bit that is worn out, and pays for bit and trip once', () => {
    const { state, hasEnded } = after(1, usual, { prepare: (well) => { well[slot.wear] = 0.9999; } }); // prettier-ignore
    expect(hasEnded).toBe(true);
    expect(state[slot.event]).toBe(1);
    const trip = (2 * state[slot.depthM]!) / 600;
    expect(state[slot.paid]).toBeCloseTo(15_000 + 2500 * trip, 0);
  });

  it.each([
    [2, 'twists off where the string sticks and slips', [150, 40, 2500], {}],
    [3, 'kicks where the rock holds more pressure than the mud', usual, { 6: 2000 }],
    [4, 'loses mud where the rock is weaker than the column', usual, { 7: 1000 }],
    [5, 'gets stuck where cuttings are left behind', [90, 110, 100], {}],
  ] as [number, string, SetPoint, Record<number, number>][])('event %i: %s', (event, _, set, bed) => {
    const prepare = (state: Float64Array): void => {
      for (const [place, value] of Object.entries(bed)) state[slot.bed + Number(place)] = value;
      state[slot.wearCapacityNm] = 1e15; // the bit shall not end it
      state[slot.bed + 1] = 1e5; // nor another bed
    };
    const model = drillingModel({ sensors: 'ideal' });
    const state = new Float64Array(wellStateSize);
    model.begin(state, 0, 3);
    prepare(state);
    const costBefore: number[] = [];
    for (let i = 0; i < 5000 && !model.hasEnded(state, 0); i++) {
      model.advance(state, 0, Float32Array.from(set), 0);
      costBefore.push(state[slot.cost]!);
    }
    expect(state[slot.event]).toBe(event);
    expect(costBefore.at(-1)!).toBeGreaterThan(60_000); // hours and expenses of the event
  });

  it('costs the same on average whether events are paid for when they happen or by their chance', () => {
    const meanReturn = (risk: 'realised' | 'expected'): number => {
      const count = 1500;
      const environment = vectorEnvironment(drillingModel({ risk, sensors: 'ideal', maxSteps: 400 }), count);
      environment.reset(Array.from({ length: count }, (_, i) => i));
      const actions = new Float32Array(3 * count).map((_, i) => usual[i % 3]!);
      const [done, returns] = [new Uint8Array(count), new Float64Array(count)];
      for (let step = 0; step < 400; step++) {
        environment.step(actions);
        for (let i = 0; i < count; i++) {
          if (done[i] === 0) returns[i]! += environment.rewards[i]!;
          if (environment.terminated[i]! + environment.truncated[i]! > 0) done[i] = 1;
        }
      }
      return returns.reduce((sum, value) => sum + value, 0) / count;
    };
    // The spread of a return is near 35 k$, most of it events: 1500 wells give a standard error of 0.9.
    expect(Math.abs(meanReturn('realised') - meanReturn('expected'))).toBeLessThan(4);
  });

  it('adds a stand after every 28.5 m: bit off bottom, pumps off', () => {
    const model = drillingModel({ sensors: 'ideal' });
    const state = new Float64Array(wellStateSize);
    model.begin(state, 0, 3);
    let connections = 0;
    const top = state[slot.depthM]!;
    for (let i = 0; i < 200; i++) {
      const isConnection = state[slot.connectionS]! > 0;
      const before = state[slot.depthM]!;
      model.advance(state, 0, Float32Array.from(usual), 0);
      if (!isConnection) continue;
      connections++;
      expect(state[slot.depthM]).toBe(before);
      expect(state[slot.shown + 2]).toBe(0);
    }
    expect(connections).toBeGreaterThan(2);
    expect(connections).toBeCloseTo((state[slot.depthM]! - top) / 29.5, -1);
  });

  it.each([
    [{ stepMinutes: 0 }, /stepMinutes 0/],
    [{ maxSteps: 1.5 }, /maxSteps 1.5/],
    [{ sensors: { noise: -1, delaySteps: 0, driftPerStep: 0, dropOutShare: 0, stuckShare: 0 } }, /noise is -1/],
    [{ sensors: { noise: 1, delaySteps: 4, driftPerStep: 0, dropOutShare: 0, stuckShare: 0 } }, /delaySteps is 4/],
  ] as [DrillingOptions, RegExp][])('refuses %j', (options, message) => {
    expect(() => drillingModel(options)).toThrow(message);
  });
});

describe('the sensors of a well', () => {
  const perfect = { noise: 0, delaySteps: 0, driftPerStep: 0, dropOutShare: 0, stuckShare: 0 };
  const rates = (sensors: DrillingOptions['sensors'], channel: string, steps = 60): number[] => {
    const model = drillingModel(sensors === undefined ? {} : { sensors });
    const state = new Float64Array(wellStateSize);
    model.begin(state, 0, 11);
    state[slot.bed + 1] = 1e5;
    const index = drillingObservation.findIndex(({ name }) => name === channel);
    return Array.from({ length: steps }, () => {
      model.advance(state, 0, Float32Array.from(usual), 0);
      return state[slot.shown + index]!;
    });
  };

  it('show the truth when they are perfect, and noise of their size around it', () => {
    const truth = rates(perfect, 'weight_on_bit');
    const noisy = rates({ ...perfect, noise: 1 }, 'weight_on_bit');
    const errors = truth.flatMap((value, i) => (value === 0 ? [] : [noisy[i]! / value - 1]));
    expect(truth.find((value) => value > 0)).toBe(90);
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(spread).toBeGreaterThan(0.006);
    expect(spread).toBeLessThan(0.014);
  });

  it('lag behind by the steps that are set, down the hole only', () => {
    const truth = rates(perfect, 'lateral_vibration');
    expect(rates({ ...perfect, delaySteps: 2 }, 'lateral_vibration').slice(2)).toEqual(truth.slice(0, -2));
    expect(rates({ ...perfect, delaySteps: 2 }, 'weight_on_bit')).toEqual(rates(perfect, 'weight_on_bit'));
  });

  it('drift away in a straight line, get stuck, and lose readings', () => {
    const truth = rates(perfect, 'weight_on_bit');
    const drifting = rates({ ...perfect, driftPerStep: 0.01 }, 'weight_on_bit');
    const gains = truth.flatMap((value, i) => (value === 0 ? [] : [(drifting[i]! / value - 1) / (i + 1)]));
    gains.forEach((gain) => {
      expect(gain).toBeCloseTo(gains[0]!, 9);
    });
    const repeats = (sensors: DrillingOptions['sensors']): number => {
      const shown = rates(sensors, 'rate_of_penetration', 400);
      return shown.filter((value, i) => i > 0 && value === shown[i - 1]).length;
    };
    expect(repeats({ ...perfect, noise: 1 })).toBe(0);
    expect(repeats({ ...perfect, noise: 1, dropOutShare: 0.05 })).toBeGreaterThan(5);
    expect(repeats({ ...perfect, noise: 1, stuckShare: 0.005 })).toBeGreaterThan(11);
  });
});
