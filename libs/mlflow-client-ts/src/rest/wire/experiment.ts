import type { Experiment, LifecycleStage } from '../../api/experiments.js';
import { toTags } from './request-tag.js';
import { wireInteger, wireText, type Wire } from './values.js';

/** An experiment from the REST API. */
export function toExperiment(wire: Wire): Experiment {
  return {
    experimentId: wireText(wire['experiment_id']),
    name: wireText(wire['name']),
    artifactLocation: wireText(wire['artifact_location']),
    lifecycleStage: wireText(wire['lifecycle_stage']) as LifecycleStage,
    creationTime: wireInteger(wire['creation_time']),
    lastUpdateTime: wireInteger(wire['last_update_time']),
    tags: toTags(wire['tags']),
  };
}
