import { isIdentified, urlOf } from './call-context.js';
import type { HttpCall } from './http-call.js';
import { readBytes } from './read-body.js';
import { assertHeaders } from './headers.js';
import { requestBody } from './request-body.js';
import { secretsOfHeaders } from './secrets.js';
import type { RestSettings } from './settings.js';
import { UnsignedRequest, type RequestToSign } from './sign.js';
import type { TransportRequest, TransportResponse } from './transport/transport.js';
import type { RunningTry } from './try-call.js';

const mostRedirects = 10;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const discardedBytes = 100_000; // more is not worth keeping the connection for

/** Sends a call, and after it where the server sends it on to. */
export async function exchange(running: RunningTry, call: HttpCall): Promise<TransportResponse> {
  const { settings } = running;
  let url = urlOf(settings, call);
  for (let redirects = 0; ; redirects++) {
    const response = await settings.transport(await requestTo(url, running, call));
    const next = redirects < mostRedirects ? redirectOf(settings, call, { url, response }) : undefined;
    if (next === undefined) return { ...response, body: wholeBody(response) };
    await readBytes(response.body, discardedBytes);
    url = next;
  }
}

/** The body, which must be as long as its head says. */
async function* wholeBody({ headers, body }: TransportResponse): AsyncGenerator<Uint8Array> {
  const promised = Number(headers['content-length'] ?? NaN);
  let found = 0;
  for await (const chunk of body) {
    found += chunk.length;
    yield chunk;
  }
  if (found < promised) throw Object.assign(new Error('The answer is too short'), { code: 'INCOMPLETE_ANSWER' });
}

/** Another method must not become a GET, and a body is not sent to an address nobody named. */
function redirectOf(
  settings: RestSettings,
  call: HttpCall,
  { url, response }: { readonly url: string; readonly response: TransportResponse },
): string | undefined {
  const { location } = response.headers;
  const isFollowed = call.method === 'GET' && settings.followsRedirects && redirectStatuses.has(response.status);
  if (!isFollowed || location === undefined || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return /^https?:$/.test(next.protocol) ? next.href : undefined;
}

async function requestTo(
  url: string,
  { settings, context, watch }: RunningTry,
  call: HttpCall,
): Promise<TransportRequest> {
  const { method } = call;
  const { signal } = watch;
  const { headers: contentHeaders, body, bytes } = requestBody(call, watch);
  const common = {
    'accept-encoding': 'identity',
    'user-agent': 'mlflow-client-ts',
    ...contentHeaders,
    ...call.headers,
  };
  const request = { method, url, signal, ...(body !== undefined && { body }) };
  if (!isIdentified(settings, call, url)) return { ...request, headers: common };
  const headers = { ...common, ...settings.headers };
  const signed = await signatureOf(settings, call, { method, url, headers, body: bytes });
  context.hide(secretsOfHeaders(changedValues(headers, signed)));
  return { ...request, headers: { ...headers, ...signed } };
}

async function signatureOf(
  { sign }: RestSettings,
  { action }: HttpCall,
  request: RequestToSign,
): Promise<Record<string, string>> {
  if (sign === undefined) return {};
  const signed = lowerCased(await signing(() => sign(request)));
  assertHeaders(signed, (name) => `Cannot ${action}: the hook "sign" gives a header "${name}"`);
  return signed;
}

async function signing<T>(sign: () => T | Promise<T>): Promise<T> {
  try {
    return await sign();
  } catch (cause) {
    throw new UnsignedRequest('The hook failed', { cause });
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function changedValues(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.entries(after).flatMap(([name, value]) => (before[name] === value ? [] : [value]));
}
