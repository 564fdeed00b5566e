import type { ModelStage, ModelVersion } from '../../api/model-versions.js';
import { toTags } from './request-tag.js';
import { wireInteger, wireText, type Wire } from './values.js';

/** A model version from the REST API. */
export function toModelVersion(wire: Wire): ModelVersion {
  const aliases = Array.isArray(wire['aliases']) ? wire['aliases'].map(wireText) : [];
  return {
    name: wireText(wire['name']),
    version: wireText(wire['version']),
    currentStage: wireText(wire['current_stage']) as ModelStage,
    source: wireText(wire['source']),
    runId: wireText(wire['run_id']),
    status: wireText(wire['status']),
    description: wireText(wire['description']),
    tags: toTags(wire['tags']),
    aliases: aliases.sort(),
    creationTimestamp: wireInteger(wire['creation_timestamp']),
    lastUpdatedTimestamp: wireInteger(wire['last_updated_timestamp']),
  };
}
