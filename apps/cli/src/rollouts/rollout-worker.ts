// The body of a rollout thread: some places of an environment, and a copy of the policy.
import { parentPort, workerData } from 'node:worker_threads';
import { drillingModel } from '@i-drill/drilling';
import { vectorEnvironment } from '@i-drill/environments';
import { localCollector } from '@i-drill/training/agents';
import type { RolloutThreadData, ThreadAnswer, ThreadRequest } from './rollout-messages.js';

const { environment, count, firstPlace, layers, seed } = workerData as RolloutThreadData;
const collector = localCollector({
  environment: vectorEnvironment(drillingModel(environment), count),
  layers,
  seed,
  firstPlace,
});

parentPort!.on('message', (request: ThreadRequest) => {
  answer(request).then(
    (result) => {
      parentPort!.postMessage({ id: request.id, result } satisfies ThreadAnswer);
    },
    (error: unknown) => {
      parentPort!.postMessage({ id: request.id, error } satisfies ThreadAnswer);
    },
  );
});

async function answer(request: ThreadRequest): Promise<unknown> {
  switch (request.kind) {
    case 'collect':
      return collector.collect(request.rollout);
    case 'snapshot':
      return collector.snapshot();
    case 'restore':
      return collector.restore(request.snapshot);
  }
}
