import { expect, it } from 'vitest';
import type { Run } from '../index.js';
import { invalid, type Start } from './subject.js';

/** What every store does with results that come page by page. */
export function pagesContract(start: Start): void {
  it('gives runs page by page, each once, in order', async () => {
    const { client, experimentId } = await start();
    for (let i = 0; i < 5; i++) await client.createRun({ experimentId, runName: String(i), startTime: 1000 + i });
    const search = client.searchRuns({ experimentIds: [experimentId], orderBy: ['attributes.start_time ASC'] });
    const names: string[][] = [];
    let pageToken: string | undefined;
    do {
      const page = await search.page({ maxResults: 2, ...(pageToken !== undefined && { pageToken }) });
      names.push(page.items.map(({ runName }) => runName));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(names.filter((page) => page.length > 0)).toEqual([['0', '1'], ['2', '3'], ['4']]);
    const iterated: Run[] = [];
    for await (const run of search) iterated.push(run);
    expect(iterated.map(({ runName }) => runName)).toEqual(['0', '1', '2', '3', '4']);
    expect(await search.all()).toEqual(iterated);
    expect((await search.all(3)).map(({ runName }) => runName)).toEqual(['0', '1', '2']);
  });

  it('gives experiments, registered models and versions page by page', async () => {
    const { client, modelName } = await start();
    const tags = { group: modelName };
    const filter = `tags.group = '${modelName}'`;
    for (const letter of ['a', 'b', 'c']) {
      const name = `${modelName}-${letter}`;
      await client.createExperiment({ name, tags });
      await client.createRegisteredModel({ name, tags });
      await client.createModelVersion({ name, source: 'runs:/0123456789abcdef0123456789abcdef/model', tags });
    }
    const searches = [
      client.searchExperiments({ filter, orderBy: ['name'] }),
      client.searchRegisteredModels({ filter, orderBy: ['name'] }),
      client.searchModelVersions({ filter, orderBy: ['name'] }),
    ];
    for (const search of searches) {
      const first = await search.page({ maxResults: 2 });
      const second = await search.page({ maxResults: 2, pageToken: first.nextPageToken ?? '' });
      const names = [...first.items, ...second.items].map(({ name }) => name.slice(-1));
      expect(names).toEqual(['a', 'b', 'c']);
    }
  });

  it('refuses a token it did not give, and a page of nothing', async () => {
    const { client, experimentId } = await start();
    const search = client.searchRuns({ experimentIds: [experimentId] });
    await expect(search.page({ pageToken: 'no token' })).rejects.toMatchObject(invalid);
    await expect(search.page({ maxResults: 0 })).rejects.toMatchObject(invalid);
  });

  it('ends with the calls of a caller who aborts', async () => {
    const { client, experimentId } = await start();
    const limited = client.with({ signal: AbortSignal.abort('enough') });
    const search = limited.searchRuns({ experimentIds: [experimentId] }).all();
    await expect(search).rejects.toMatchObject({ name: 'MlflowError', code: 'MLFLOW_ABORTED' });
  });
}
