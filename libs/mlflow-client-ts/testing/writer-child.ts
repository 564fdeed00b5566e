import { writeSync } from 'node:fs';
import { openMlflow } from '../src/index.js';

/** What a process that writes until it is killed is told, as JSON in its only argument. */
export interface WriterOrder {
  readonly root: string;
  readonly runId: string;
  readonly experimentId: string;
  /** Of this process alone. */
  readonly writer: number;
}

/** What was acknowledged, one line each on stdout. */
export type Acknowledged =
  | { readonly kind: 'points'; readonly steps: readonly number[] }
  | { readonly kind: 'param'; readonly key: string }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'version'; readonly version: string; readonly writer: string };

const { root, runId, experimentId, writer } = JSON.parse(process.argv[2] ?? '') as WriterOrder;
const client = openMlflow({ trackingUri: `file:${root}`, fsync: false });

function acknowledge(line: Acknowledged): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

for (let round = 0; ; round++) {
  const steps = Array.from({ length: 50 }, (_, index) => writer * 1_000_000 + round * 50 + index);
  await client.logBatch(runId, {
    metrics: steps.map((step) => ({ key: 'm', value: step / 7, timestamp: step, step })),
  });
  acknowledge({ kind: 'points', steps });
  const key = `p${writer}/${round}`;
  await client.logParam(runId, key, String(writer));
  acknowledge({ kind: 'param', key });
  if (round % 5 !== 0) continue;
  const run = await client.createRun({ experimentId, runName: `w${writer}`, tags: { a: '1', b: '2' } });
  acknowledge({ kind: 'run', runId: run.runId });
  const tags = { writer: `${writer}-${round}` };
  const { version } = await client.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, runId, tags });
  acknowledge({ kind: 'version', version, writer: tags.writer });
}
