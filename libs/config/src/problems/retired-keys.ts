const unread = 'it had no effect; remove it';

/** Keys of the Python predecessor that have no place here, with what stands in for them. */
const retiredKeys: Readonly<Record<string, string>> = {
  'training.default_params': unread,
  'training.models.ppo': 'there is no such model type; known: lstm, transformer, cnn_lstm',
  'training.models.sac': 'there is no such model type; known: lstm, transformer, cnn_lstm',
  'validation.drift_detection.reference_data_path': 'the reference travels with the model version; remove it',
  'validation.drift_detection.production_data_path': 'test data are those of the data section; remove it',
  'deployment.strategies.blue_green': 'there is no such strategy; known: canary',
  'deployment.strategies.rolling': 'there is no such strategy; known: canary',
  'deployment.health_checks.enabled': 'health checks are always made; remove it',
  'deployment.smoke_tests': "smoke tests are always made, they follow from the version's signature; remove it",
  'monitoring.performance.metrics': 'every figure is always reported; remove it',
  'monitoring.model_metrics.enabled': 'the key is monitoring.model_metrics.log_to_mlflow',
  'monitoring.model_metrics.collection_interval_seconds': 'metrics are counted as they happen; remove it',
  'monitoring.alerts.enabled': 'limits always count; remove it',
  'monitoring.alerts.channels': 'there are no channels; the state is the exit code of `i-drill monitor`',
  'retraining.conditions.performance_based.baseline_metrics':
    'the metrics of the production version are the baseline; remove it',
  'retraining.conditions.drift_based.reference_data_path': 'the reference travels with the model version; remove it',
  'retraining.conditions.drift_based.production_data_path': 'live data are those of the prediction log; remove it',
  'retraining.schedule': 'run `i-drill retrain` from a scheduler; remove it',
  'mlflow.registry_stages': "the stages are MLflow's own; remove it",
  'mlflow.promotion.requires_validation': 'a passed validation is always required; remove it',
  'mlflow.promotion.requires_approval':
    'auto_promote: false makes the pipeline stop in Staging, until somebody runs `i-drill deploy`',
  'data.versioning': 'data are identified by their fingerprint; remove it',
  'data.feature_store': 'there is no feature store; remove it',
};

/** What to do about a key the predecessor knew; `undefined` for any other. */
export function retiredKeyHint(path: string): string | undefined {
  return Object.hasOwn(retiredKeys, path) ? retiredKeys[path] : undefined;
}

/** Every path `retiredKeyHint` knows. */
export const retiredKeyPaths: readonly string[] = Object.keys(retiredKeys);
