import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseServerJson } from '../json-text.js';
import { fromMetric, toMetric, toRunMetric } from './metric.js';

describe('points of metrics', () => {
  it('come back as they were sent, whatever the number', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, 5e-324, -1.5e308));
    const whole = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.string(), value, fc.nat(), whole, (key, number, timestamp, step) => {
        fc.pre(Math.abs(number) !== Number.MAX_VALUE && !Object.is(number, -0));
        const point = { key, value: number, timestamp, step, modelId: 'm-1', datasetName: 'd', datasetDigest: 'x' };
        expect(toMetric(JSON.parse(JSON.stringify(fromMetric(point))) as object as never)).toEqual(point);
      }),
    );
  });

  it('are read from answers with bare NaN and infinities, in text that speaks of them', () => {
    const value = fc.constantFrom('NaN', 'Infinity', '-Infinity', '"NaN"', '"-Infinity"', '1.5', '-2');
    fc.assert(
      fc.property(fc.string(), fc.array(value), (text, values) => {
        const key = `${text} NaN "Infinity`;
        const json = `[${values.map((each) => `{"key":${JSON.stringify(key)},"value":${each}}`).join()}]`;
        const points = (parseServerJson(json) as object[]).map((wire) => toMetric(wire as never));
        expect(points.map((point) => [point.key, point.value])).toEqual(
          values.map((each) => [key, Number(each.replaceAll('"', ''))]),
        );
      }),
    );
  });

  it('read the largest double as the infinity that a database made of it', () => {
    expect(toMetric({ key: 'a', value: Number.MAX_VALUE }).value).toBe(Infinity);
    expect(toMetric({ key: 'a', value: -Number.MAX_VALUE }).value).toBe(-Infinity);
  });

  it('take numbers that are written as text, and 0 for what is left out', () => {
    const wire = { key: 'a', value: '0.5', timestamp: '12', run_id: 'r' };
    expect(toRunMetric(wire)).toEqual({ key: 'a', value: 0.5, timestamp: 12, step: 0, runId: 'r' });
  });
});
