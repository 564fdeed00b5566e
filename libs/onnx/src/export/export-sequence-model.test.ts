import { describe, expect, it } from 'vitest';
import { pointOnly, randomModel, smallArchitectures } from '../testing/random-model.js';
import { exportSequenceModel } from './export-sequence-model.js';

describe('exportSequenceModel()', () => {
  for (const architecture of smallArchitectures) {
    const choice = { seed: 4, architecture, features: 2, windowLength: 3, columns: pointOnly, members: 2 };
    it(`writes the same bytes for the same ${architecture.type}, and others where one weight differs`, () => {
      const model = randomModel(choice);
      const bytes = exportSequenceModel(model);
      expect(Buffer.compare(exportSequenceModel(randomModel(choice)), bytes)).toBe(0);
      const [bias] = model.members[1]!.slice(-1);
      bias!.values[0]! += 0.125;
      const other = exportSequenceModel(model);
      expect(other).toHaveLength(bytes.length);
      expect(Buffer.compare(other, bytes)).not.toBe(0);
    });
  }
});
