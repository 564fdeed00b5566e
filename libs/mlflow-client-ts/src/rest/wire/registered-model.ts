import type { RegisteredModel } from '../../api/registered-models.js';
import { toTags } from './request-tag.js';
import { wireInteger, wireList, wireText, type Wire } from './values.js';

/** A registered model from the REST API. */
export function toRegisteredModel(wire: Wire): RegisteredModel {
  const aliases = wireList(wire['aliases']).map(({ alias, version }) => [wireText(alias), wireText(version)]);
  return {
    name: wireText(wire['name']),
    description: wireText(wire['description']),
    creationTimestamp: wireInteger(wire['creation_timestamp']),
    lastUpdatedTimestamp: wireInteger(wire['last_updated_timestamp']),
    tags: toTags(wire['tags']),
    aliases: Object.fromEntries(aliases) as Record<string, string>,
  };
}
