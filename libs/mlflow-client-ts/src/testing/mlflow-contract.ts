import { beforeAll, describe } from 'vitest';
import type { MlflowClient } from '../index.js';
import { artifactsContract } from './artifacts-contract.js';
import { batchesContract } from './batches-contract.js';
import { experimentsContract } from './experiments-contract.js';
import { loggedModelsContract } from './logged-models-contract.js';
import { metricsContract } from './metrics-contract.js';
import { modelVersionsContract } from './model-versions-contract.js';
import { pagesContract } from './pages-contract.js';
import { registeredModelsContract } from './registered-models-contract.js';
import { runSearchContract } from './run-search-contract.js';
import { runsContract } from './runs-contract.js';
import type { Start } from './subject.js';
import { webhooksContract } from './webhooks-contract.js';

const groups: Readonly<Record<string, (start: Start) => void>> = {
  experiments: experimentsContract,
  runs: runsContract,
  'metrics, params and tags': batchesContract,
  'metric histories': metricsContract,
  'run search': runSearchContract,
  pages: pagesContract,
  artifacts: artifactsContract,
  'logged models': loggedModelsContract,
  'registered models': registeredModelsContract,
  'model versions': modelVersionsContract,
  webhooks: webhooksContract,
};

/**
 * What every `MlflowClient` must do, as a vitest suite: the embedded store, its REST face, and real servers from 2.9 on run the same tests.
 * What a server is too old for must be refused with MLFLOW_UNSUPPORTED; nothing is skipped.
 */
export function mlflowContract(name: string, makeClient: () => MlflowClient | Promise<MlflowClient>): void {
  describe(name, () => {
    let client: MlflowClient;
    let count = 0;
    const label = `contract-${Date.now().toString(36)}`; // a server may be used again
    const start: Start = async () => {
      const modelName = `${label}-${++count}`;
      return { client, experimentId: await client.ensureExperiment(modelName), modelName };
    };
    beforeAll(async () => {
      client = await makeClient();
    });
    for (const [group, contract] of Object.entries(groups)) {
      describe(group, () => {
        contract(start);
      });
    }
  });
}
