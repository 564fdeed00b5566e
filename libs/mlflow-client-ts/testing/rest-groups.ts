import { afterAll, beforeAll } from 'vitest';
import type { Capabilities } from '../src/api/server.js';
import { restEndpointGroups } from '../src/rest/endpoint-groups.js';
import {
  startRecordingServer,
  type Answer,
  type RecordedCall,
  type RecordingServer,
  type Reply,
} from './recording-server.js';
import { testSettings } from './rest-settings.js';

/** What a newest server over a database can do. */
export const newestServer: Capabilities = {
  serverVersion: '3.17.2',
  storeType: 'SqlStore',
  hasLoggedModels: true,
  hasWebhooks: true,
  hasExperimentTagDeletion: true,
  hasWorkspaces: false,
  hasMultipartUploads: false,
};

/** What an oldest supported server can do. */
export const oldestServer: Capabilities = {
  ...newestServer,
  serverVersion: '2.9.2',
  storeType: 'unknown',
  hasLoggedModels: false,
  hasWebhooks: false,
  hasExperimentTagDeletion: false,
};

/** The endpoint groups of the client, and the server that records what they send. */
export interface RecordedGroups {
  /** The groups against a server that answers in this order; the last answer again and again. */
  on(...answers: readonly Reply[]): ReturnType<typeof restEndpointGroups>;
  /** The same for a server that can do other things. */
  onServer(capabilities: Capabilities, ...answers: readonly Reply[]): ReturnType<typeof restEndpointGroups>;
  /** What arrived since. */
  readonly calls: readonly RecordedCall[];
}

/** Starts the server before the tests of a file, and stops it after them. */
export function recordedGroups(): RecordedGroups {
  let server: RecordingServer;
  beforeAll(async () => {
    server = await startRecordingServer();
  });
  afterAll(async () => {
    await server.stop();
  });
  const onServer: RecordedGroups['onServer'] = (capabilities, ...answers) => {
    server.answer(...answers);
    const { http } = testSettings(server.url, { maxAttempts: 3 });
    return restEndpointGroups({ http, capabilities: () => Promise.resolve(capabilities) });
  };
  return {
    onServer,
    on: (...answers) => onServer(newestServer, ...answers),
    get calls() {
      return server.calls;
    },
  };
}

/** The answer to what changes something. */
export const done: Answer = { body: {} };

/** The tags of the first call. */
export function tagsSent(calls: readonly RecordedCall[]): { readonly key: string; readonly value: string }[] {
  return (calls[0]?.json as { readonly tags: { key: string; value: string }[] }).tags;
}

/** MLflow's error for what does not exist. */
export const absent: Answer = refusal(404, 'RESOURCE_DOES_NOT_EXIST');

/** The page of a server that does not know the endpoint. */
export const unknownEndpoint: Answer = { status: 404, body: '<!doctype html><title>404 Not Found</title>' };

/** An error of MLflow's. */
export function refusal(status: number, code: string, message = 'no'): Answer {
  return { status, body: { error_code: code, message } };
}
