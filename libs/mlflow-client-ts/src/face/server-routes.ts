import type { StoreMethods } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { jsonReply, textReply, type Handler } from './call.js';

/**
 * What `/version` says: clients choose what they may ask by it, so it is the release of MLflow whose endpoints are answered here. What
 * stands behind the `+` tells that the server is another program; Python's `packaging` and semver both allow it.
 */
export const faceVersion = '3.17.2+mlflow-client-ts';

type ServerEndpoint =
  | 'health'
  | 'version'
  | 'serverInfo'
  | 'createWebhook'
  | 'listWebhooks'
  | 'getWebhook'
  | 'updateWebhook'
  | 'deleteWebhook'
  | 'testWebhook';

/** The endpoints of the server as such, and those of webhooks, which it never calls. */
export function serverRoutes(store: StoreMethods): Record<ServerEndpoint, Handler> {
  return {
    health: () => Promise.resolve(textReply('OK')),
    version: () => Promise.resolve(textReply(faceVersion)),
    serverInfo: async () => {
      const { storeType } = await store.capabilities();
      return jsonReply({
        store_type: storeType === 'unknown' ? null : storeType,
        server: 'mlflow-client-ts',
        workspaces_enabled: false,
        trace_archival_enabled: false,
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        presigned_upload_run_id_supported: false,
        presigned_upload_model_id_supported: false,
        features_enabled: { gateway: false },
      });
    },
    createWebhook: refuseWebhooks,
    listWebhooks: refuseWebhooks,
    getWebhook: refuseWebhooks,
    updateWebhook: refuseWebhooks,
    deleteWebhook: refuseWebhooks,
    testWebhook: refuseWebhooks,
  };
}

function refuseWebhooks(): Promise<never> {
  return Promise.reject(
    new MlflowError('Cannot use webhooks: this server calls none; use an MLflow server over a database', {
      code: 'NOT_IMPLEMENTED',
    }),
  );
}
