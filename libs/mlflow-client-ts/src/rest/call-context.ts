import type { HttpCall } from './http-call.js';
import type { CallContext } from './response-error.js';
import { redactor, secretsOfBody } from './secrets.js';
import { secretsOfAddress } from './authorization.js';
import { withoutCredentials, type RestSettings } from './settings.js';

/** What errors say about one call, and what they must not say. */
export interface OpenCallContext extends CallContext {
  /** Adds to what must not be said. */
  hide(secrets: readonly string[]): void;
}

/** The context of a call. */
export function callContext(settings: RestSettings, call: HttpCall): OpenCallContext {
  const url = urlOf(settings, call);
  const secrets = [...settings.secrets, ...secretsOfBody(call.body), ...secretsOfAddress(new URL(url))];
  return {
    action: call.action,
    url: isIdentified(settings, call, url) ? url.replace(/\/\/[^/?#]*@/, '//') : withoutCredentials(url), // a presigned address is a key
    redact: (text) => redactor(secrets)(text),
    hide(more) {
      secrets.push(...more);
    },
  };
}

/** The complete address of a call. */
export function urlOf(settings: Pick<RestSettings, 'baseUrl'>, call: HttpCall): string {
  const url = new URL(/^https?:/i.test(call.path) ? call.path : `${settings.baseUrl}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const each of [value ?? []].flat()) url.searchParams.append(name, String(each));
  }
  return url.href;
}

/** Whether an address is of the tracking server, scheme and port included: nothing of the caller's identity goes elsewhere. */
export function isOwn(settings: Pick<RestSettings, 'baseUrl'>, url: string): boolean {
  return new URL(url).origin === new URL(settings.baseUrl).origin;
}

/** Whether a request of this call tells the server who calls. */
export function isIdentified(settings: RestSettings, call: HttpCall, url: string): boolean {
  return call.isAnonymous !== true && isOwn(settings, url);
}
