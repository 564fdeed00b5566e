import type { Preprocessing } from '@i-drill/core';
import { fitPreprocessing } from '@i-drill/training/data';
import { expect, it } from 'vitest';
import { describeRealData } from '../testing/real-data.js';
import { loadCmapss } from './load-cmapss.js';

describeRealData('cmapss', (dir) => {
  async function fit(subset: string): Promise<Preprocessing> {
    const { train } = await loadCmapss({ dir, subset });
    return fitPreprocessing(train, { windowLength: 30 });
  }

  // One row per condition: altitude in kft, Mach number, throttle resolver angle (README beside the files).
  const conditions = [
    [0, 0, 100],
    [10, 0.25, 100],
    [20, 0.7, 100],
    [25, 0.62, 60],
    [35, 0.84, 100],
    [42, 0.84, 100],
  ];
  for (const subset of ['FD002', 'FD004']) {
    it(`shows six operating conditions in ${subset}, and every sensor is scaled within its condition`, async () => {
      const { regimes, features } = await fit(subset);
      expect(regimes?.conditionFeatures.map((index) => features[index]!.name)).toEqual(['altitude', 'Mach', 'TRA']);
      expect(regimes?.centres).toHaveLength(6);
      regimes?.centres.forEach((centre, k) => {
        centre.forEach((value, s) => {
          expect(Math.abs(value - conditions[k]![s]!)).toBeLessThan(0.01);
        });
      });
      const constant = features.findIndex(({ name }) => name === 'T2'); // set by altitude and speed alone
      expect(regimes?.scalers.map(({ scale }) => scale[constant])).toEqual([1, 1, 1, 1, 1, 1]);
    });
  }

  for (const subset of ['FD001', 'FD003']) {
    it(`shows one operating condition in ${subset}`, async () => {
      expect((await fit(subset)).regimes).toBeUndefined();
    });
  }
});
