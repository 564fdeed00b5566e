import { isUnavailable, MlflowError } from 'mlflow-client-ts';

/** The training that should have become a version. */
interface UnregisteredTraining {
  readonly modelName: string;
  readonly trackingUri: string;
  readonly spoolFolder: string;
}

/** The error of a training whose server was away when the version was to be registered, with what to do; any other as it is. */
export function explainNoVersion(error: unknown, training: UnregisteredTraining): unknown {
  if (!isUnavailable(error)) return error;
  const { modelName, trackingUri, spoolFolder } = training;
  return new MlflowError(
    `Cannot register a version of "${modelName}": ${trackingUri} cannot be used now; the run with the trained model is kept in "${spoolFolder}": ` +
      'when the server is back, `i-drill mlflow sync` sends it, and `i-drill train` makes a version ' +
      '(one that is registered by hand from that run has no evidence and cannot be promoted)',
    { code: error.code, details: { modelName, trackingUri, spoolFolder }, cause: error },
  );
}
