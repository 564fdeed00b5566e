import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalServer, type LocalServer } from '../../testing/local-server.js';
import { testSettings } from '../../testing/rest-settings.js';
import { askVersion, capabilityDetector } from './capabilities.js';
import { createHttp } from './http.js';
import { newSharedState } from './shared-state.js';

let server: LocalServer;
let asked: string[] = [];
let version = '3.17.2';
let info: object | undefined;
beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/version') response.end(version);
    else if (info === undefined) response.writeHead(404).end('<h1>Not Found</h1>');
    else response.end(JSON.stringify(info));
  });
});
afterAll(async () => {
  await server.stop();
});

const detect = (): ReturnType<ReturnType<typeof capabilityDetector>> => {
  asked = [];
  return capabilityDetector(testSettings(server.url).http, newSharedState())();
};

describe('capabilities', () => {
  it('of a newest server are what it tells', async () => {
    version = '3.17.2';
    info = { store_type: 'SqlStore', workspaces_enabled: true, multipart_uploads_enabled: false };
    expect(await detect()).toEqual({
      serverVersion: '3.17.2',
      storeType: 'SqlStore',
      hasLoggedModels: true,
      hasWebhooks: true,
      hasExperimentTagDeletion: true,
      hasWorkspaces: true,
      hasMultipartUploads: false,
    });
  });

  it.each([
    ['2.9.2', { hasLoggedModels: false, hasWebhooks: false, hasExperimentTagDeletion: false }],
    ['3.1.4', { hasLoggedModels: true, hasWebhooks: false, hasExperimentTagDeletion: false }],
    ['3.2.0', { hasLoggedModels: true, hasWebhooks: false, hasExperimentTagDeletion: true }],
    ['3.3.0.dev0', { hasLoggedModels: true, hasWebhooks: true, hasExperimentTagDeletion: true }],
    ['10.0.0', { hasLoggedModels: true, hasWebhooks: true, hasExperimentTagDeletion: true }],
  ])('of an older server follow from its version %s', async (given, expected) => {
    version = given;
    info = undefined;
    const found = await detect();
    expect(found).toMatchObject({ ...expected, serverVersion: given, storeType: 'unknown', hasWorkspaces: false });
    expect(found.hasMultipartUploads).toBeUndefined();
  });

  it('of a server over a file store have no webhooks', async () => {
    version = '3.17.2';
    info = { store_type: 'FileStore', workspaces_enabled: false };
    expect(await detect()).toMatchObject({ storeType: 'FileStore', hasWebhooks: false, hasLoggedModels: true });
  });

  it('of a server that hides its version are those of a new one when it has server-info', async () => {
    version = '<html>hello</html>';
    info = { store_type: null };
    expect(await detect()).toMatchObject({ serverVersion: undefined, storeType: 'unknown', hasLoggedModels: true });
  });

  it('are asked once for all clients that share what they know', async () => {
    version = '3.17.2';
    info = {};
    asked = [];
    const { settings } = testSettings(server.url);
    const views = [1, 2].map(() => capabilityDetector(createHttp(settings), settings.shared));
    const first = await Promise.all([views[0]?.(), views[0]?.()]);
    expect(first[0]).toBe(first[1]);
    expect(await views[1]?.()).toBe(first[0]);
    expect(asked.sort()).toEqual(['/api/3.0/mlflow/server-info', '/version']);
  });

  it('are asked again when something else answered with a page', async () => {
    const { settings } = testSettings(server.url);
    const ask = capabilityDetector(createHttp(settings), settings.shared);
    version = '<html>Please log in</html>';
    info = undefined;
    expect(await ask()).toMatchObject({ serverVersion: undefined, hasLoggedModels: false });
    version = '3.17.2';
    expect(await ask()).toMatchObject({ serverVersion: version, hasLoggedModels: true });
  });

  it('are asked again after a failure', async () => {
    const { settings } = testSettings(server.url);
    const aborted = createHttp({ ...settings, signal: AbortSignal.abort('enough') });
    await expect(capabilityDetector(aborted, settings.shared)()).rejects.toMatchObject({ code: 'MLFLOW_ABORTED' });
    expect(await capabilityDetector(createHttp(settings), settings.shared)()).toMatchObject({ serverVersion: version });
  });
});

describe('askVersion()', () => {
  it('gives the version without what surrounds it, and nothing for a page', async () => {
    version = ' 3.17.2\n';
    expect(await askVersion(testSettings(server.url).http)).toBe('3.17.2');
    version = '<html>';
    expect(await askVersion(testSettings(server.url).http)).toBeUndefined();
  });
});
