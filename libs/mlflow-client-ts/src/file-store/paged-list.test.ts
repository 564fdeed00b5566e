import { describe, expect, it } from 'vitest';
import { pagedList, pageTokenOf, readPageToken } from './paged-list.js';

describe('pagedList()', () => {
  it('gives at most so many items per page, and a token only when more follow', async () => {
    const list = pagedList(() => ['a', 'b', 'c'], 2);
    const first = await list.page({ maxResults: 100 });
    expect(first.items).toEqual(['a', 'b']);
    expect(await list.page({ pageToken: first.nextPageToken ?? '' })).toEqual({ items: ['c'] });
    expect(await pagedList(() => ['a', 'b'], 2).page()).toEqual({ items: ['a', 'b'] });
  });

  it('gives nothing beyond the end', async () => {
    expect(await pagedList(() => ['a'], 2).page({ pageToken: pageTokenOf(5) })).toEqual({ items: [] });
  });

  it('reads tokens that MLflow would write', () => {
    expect(readPageToken(btoa('{"offset": 20}'))).toBe(20);
    expect(readPageToken(pageTokenOf(7))).toBe(7);
    expect(readPageToken(undefined)).toBe(0);
  });

  it.each(['no token', btoa('{}'), btoa('null'), btoa('{"offset": -1}'), btoa('{"offset": 0.5}'), btoa('7')])(
    'refuses the token %j',
    async (pageToken) => {
      const page = pagedList(() => ['a'], 2).page({ pageToken });
      await expect(page).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    },
  );
});
