import { expect, it } from 'vitest';
import { invalid, point, tooLong, type Start } from './subject.js';

/** What every store does with metrics, params and tags. */
export function batchesContract(start: Start): void {
  it('keeps metrics, params and tags, also those with slashes, spaces and line breaks', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const params = { 'lstm/hidden size': '64', note: 'first\nsecond\n', empty: '', quote: '"\'`\\' };
    const tags = { 'git.commit': 'abc', 'a/b': 'ü 😀\u2028' };
    await client.logBatch(runId, { metrics: [point('val/rmse', 1.5), point('mae', 1e-9)], params, tags });
    const run = await client.getRun(runId);
    expect(run.metrics).toEqual({ 'val/rmse': 1.5, mae: 1e-9 });
    expect(run.params).toEqual(params);
    expect(run.tags).toMatchObject(tags);
  });

  it('keeps NaN and infinities', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const points = [point('loss', NaN, 0), point('loss', Infinity, 1), point('loss', -Infinity, 2)];
    await client.logBatch(runId, { metrics: points });
    expect(await client.getMetricHistory(runId, 'loss')).toEqual(points);
    expect((await client.getRun(runId)).metrics).toEqual({ loss: -Infinity });
  });

  it('gives the history of a metric by step and its latest point', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { metrics: [point('rmse', 3, 2, 10), point('rmse', 5, 0, 20)] });
    await client.logBatch(runId, { metrics: [point('rmse', 4, 1, 30), point('rmse', 3, 2, 10)] });
    const history = await client.getMetricHistory(runId, 'rmse');
    expect(history.map(({ step, value }) => [step, value])).toEqual([[0, 5], [1, 4], [2, 3]]); // prettier-ignore
    expect((await client.getRun(runId)).metrics).toEqual({ rmse: 3 });
    expect(await client.getMetricHistory(runId, 'unknown')).toEqual([]);
  });

  it('takes batches beyond the limits of one call', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const metrics = Array.from({ length: 2300 }, (_, step) => point('loss', step / 3, step));
    const params = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`p${i}`, 'x'.repeat(6000)]));
    const tags = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`t${i}`, String(i)]));
    await client.logBatch(runId, { metrics, params, tags });
    const run = await client.getRun(runId);
    expect(run.params).toEqual(params);
    expect(run.tags).toMatchObject(tags);
    expect(await client.getMetricHistory(runId, 'loss')).toEqual(metrics);
  });

  it('refuses another value for a param, and accepts the same', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { params: { seed: '1' } });
    await client.logBatch(runId, { params: { seed: '1' } });
    await expect(client.logBatch(runId, { params: { seed: '2' } })).rejects.toMatchObject(invalid);
    expect((await client.getRun(runId)).params).toEqual({ seed: '1' });
  });

  it('refuses over-long values and writes nothing of the batch', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const bad = { params: { fine: '1', long: 'x'.repeat(6001) } };
    await expect(client.logBatch(runId, bad)).rejects.toMatchObject(tooLong);
    await expect(client.logBatch(runId, { tags: { t: 'x'.repeat(8001) } })).rejects.toMatchObject(tooLong);
    await expect(client.logBatch(runId, { tags: { ['k'.repeat(251)]: 'x' } })).rejects.toMatchObject(tooLong);
    expect((await client.getRun(runId)).params).toEqual({});
  });

  it.each(['', '..', 'a//b', '/a', 'a/', 'a/../b', 'a\\b', 'a?', 'a*b', 'a\nb'])('refuses the key %j', async (key) => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await expect(client.logBatch(runId, { metrics: [point(key, 1)] })).rejects.toMatchObject(invalid);
    await expect(client.logBatch(runId, { params: { [key]: '1' } })).rejects.toMatchObject(invalid);
  });

  it('sets a tag anew', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.logBatch(runId, { tags: { state: 'old' } });
    await client.logBatch(runId, { tags: { state: 'new' } });
    expect((await client.getRun(runId)).tags['state']).toBe('new');
  });

  it('keeps everything that callers log at once', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const steps = Array.from({ length: 8 }, (_, i) => i);
    await Promise.all(
      steps.map((i) => client.logBatch(runId, { metrics: [point('m', i, i)], params: { [`p${i}`]: String(i) } })),
    );
    expect((await client.getMetricHistory(runId, 'm')).map(({ step }) => step)).toEqual(steps);
    expect(Object.keys((await client.getRun(runId)).params)).toHaveLength(8);
  });
}
