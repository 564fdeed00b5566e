import type { Capabilities, ServerMethods } from '../api/server.js';

const capabilities: Capabilities = {
  serverVersion: undefined,
  storeType: 'FileStore',
  hasLoggedModels: true,
  hasWebhooks: false,
  hasExperimentTagDeletion: true,
  hasWorkspaces: false,
  hasMultipartUploads: false,
};

/** What is known about a file store as a whole. */
export function fileStoreCapabilities(): ServerMethods {
  return { serverVersion: () => Promise.resolve(undefined), capabilities: () => Promise.resolve(capabilities) };
}
