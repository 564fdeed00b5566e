import type { RestContext } from '../api.js';
import type { StreamingHttp } from '../http.js';
import type { RestSettings } from '../settings.js';

/** What the artifacts of a server are reached with. */
export interface ArtifactContext extends RestContext {
  readonly http: StreamingHttp;
  readonly settings: RestSettings;
}
