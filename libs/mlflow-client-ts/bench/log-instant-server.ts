import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes everything and keeps nothing: what is left is the cost of the client. */
export interface InstantServer {
  readonly url: string;
  stop(): void;
}

const info = {
  ...{ run_id: '0123456789abcdef0123456789abcdef', run_name: 'n', experiment_id: '1', user_id: 'u', status: 'RUNNING' },
  ...{ start_time: 1, artifact_uri: 'mlflow-artifacts:/1/r/artifacts', lifecycle_stage: 'active' },
};
const experiment = {
  experiment_id: '1',
  name: 'bench',
  artifact_location: 'mlflow-artifacts:/1',
  lifecycle_stage: 'active',
};
const answers: readonly [part: string, answer: string][] = [
  ['/version', '3.17.2'],
  ['/server-info', '{"store_type": "SqlStore"}'],
  ['/experiments/', JSON.stringify({ experiment })],
  ['/runs/create', JSON.stringify({ run: { info, data: {} } })],
  ['/runs/get', JSON.stringify({ run: { info, data: {} } })],
  ['', '{}'],
];

/** Starts it on a free port, for as much of MLflow's REST API as logging needs. */
export async function startInstantServer(): Promise<InstantServer> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      const [, answer] = answers.find(([part]) => request.url?.includes(part)) ?? [];
      response.setHeader('content-type', 'application/json').end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
