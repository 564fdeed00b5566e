import { describe, expect, it } from 'vitest';
import { countNewRows } from './count-new-rows.js';

const trained = { trainingRows: 1000, dataFingerprint: 'a1' };

describe('countNewRows()', () => {
  it.each([
    ['rows above the watermark', { rows: 1500, fingerprint: 'b2' }, 500],
    ['the same data', { rows: 1000, fingerprint: 'a1' }, 0],
    ['other data of the same size', { rows: 1000, fingerprint: 'b2' }, 0],
    ['data that shrank', { rows: 10, fingerprint: 'b2' }, 0],
  ])('counts %s', (_case, available, rows) => {
    expect(countNewRows(available, trained)).toBe(rows);
  });
});
