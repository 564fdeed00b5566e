import type { StoreMethods } from '../api/mlflow-client.js';
import { MlflowError } from '../errors.js';
import { jsonReply, textReply, type Handler } from './call.js';
import { faceVersion } from './face-version.js';

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
