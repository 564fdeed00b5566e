import { describe, expect, it } from 'vitest';
import { recordRun } from '../drillers/record-run.js';
import { constantRule } from '../drillers/simple-rules.js';
import { rigStates } from './channels.js';
import { drillingModel } from './drilling-model.js';
import { slot, wellStateSize } from './well-state.js';

describe('a well with trips', () => {
  it('begins and ends at surface: in and out at 600 m/h, for nothing, and drilled as without', () => {
    const drill = (tripping: boolean) => recordRun({ tripping, sensors: 'ideal', maxSteps: 4000 }, 5, constantRule({ weight: 120, speed: 120, flow: 2200 })); // prettier-ignore
    const [plain, trips] = [drill(false), drill(true)];
    expect(plain.result.end).toBe('worn-out');
    const tripState = rigStates.indexOf('tripping');
    const { rig_state: states, bit_depth: bit, depth } = trips.channels as Record<string, number[]>;
    const first = states!.findIndex((state) => state !== tripState);
    const last = states!.findLastIndex((state) => state !== tripState);
    expect(first).toBe(Math.ceil(depth![0]! / 50));
    expect(states!.length - 1 - last).toBe(Math.ceil(depth!.at(-1)! / 50));
    expect(bit!.slice(first, last + 1)).toEqual(depth!.slice(first, last + 1));
    expect(bit!.every((value, i) => value <= depth![i]!)).toBe(true);
    expect([bit![0], bit!.at(-1)]).toEqual([50, 0]);
    expect(trips.channels['flow_rate']!.every((flow, i) => states![i] !== tripState || flow === 0)).toBe(true);
    expect({ ...trips.result, hours: 0 }).toEqual({ ...plain.result, hours: 0 });
    expect(trips.result.hours - plain.result.hours).toBeCloseTo((first + states!.length - 1 - last) / 12, 9);
  });

  it('ends where a kick ends it: the string is not pulled as usual', () => {
    const model = drillingModel({ sensors: 'ideal', tripping: true });
    const state = new Float64Array(wellStateSize);
    model.begin(state, 0, 3);
    state[slot.bitDepthM] = state[slot.depthM]!;
    state[slot.bed + 6] = 2000; // more pressure than the mud holds
    state[slot.bed + 1] = 1e5;
    state[slot.wearCapacityNm] = 1e15;
    for (let i = 0; i < 5000 && !model.hasEnded(state, 0); i++)
      model.advance(state, 0, Float32Array.of(90, 110, 2000), 0);
    expect(state[slot.event]).toBe(3);
    expect(state[slot.bitDepthM]).toBe(state[slot.depthM]);
  });
});
