import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { MlflowError } from '../errors.js';

/** Who may ask. */
export type FaceAuth = { readonly username: string; readonly password: string } | { readonly token: string };

/** Whom a face lets in. */
export interface GateSettings {
  /** Names, lower case, without port. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly auth: FaceAuth | undefined;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const open = new Set(['health', 'version']);

/** Refuses a request that a web page or a stranger may have sent. `endpoint` is what it asks for. */
export function assertLetIn(gate: GateSettings, request: IncomingMessage, endpoint: string): void {
  if (open.has(endpoint)) return; // for probes, which know no name and no password
  assertHost(gate, request);
  assertOrigin(gate, request);
  assertCredentials(gate, request);
}

// A name that an attacker points at this machine (DNS rebinding) is not among the allowed ones; with an address there is no name to point.
function assertHost({ allowedHosts }: GateSettings, { headers }: IncomingMessage): void {
  const host = hostNameOf(`http://${headers.host ?? ''}`);
  if (host !== undefined && (isLocal(host) || isAddress(host) || allowedHosts.has(host))) return;
  throw forbidden(
    `Cannot answer for the host ${JSON.stringify(headers.host ?? '')}: it is not a name of this server; add it to allowedHosts`,
  );
}

function assertOrigin({ allowedOrigins }: GateSettings, { method = '', headers }: IncomingMessage): void {
  const { origin } = headers;
  if (origin === undefined || reading.has(method) || allowedOrigins.has(origin)) return;
  const host = hostNameOf(origin);
  const isOwn = host !== undefined && (isLocal(host) || new URL(origin).host === headers.host?.toLowerCase());
  if (isOwn) return;
  throw forbidden(`Cannot change the store for a page of ${JSON.stringify(origin)}: add it to allowedOrigins`);
}

function hostNameOf(url: string): string | undefined {
  const name = URL.canParse(url) ? new URL(url).hostname : '';
  return name === '' ? undefined : name.toLowerCase();
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.[\d.]+$/.test(host);
}

function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}

function assertCredentials({ auth }: GateSettings, { headers }: IncomingMessage): void {
  if (auth === undefined) return;
  const [scheme = '', given = ''] = (headers.authorization ?? '').split(' ');
  const { scheme: ownScheme, secret, hint } = credentialsOf(auth);
  if (scheme.toLowerCase() === ownScheme && isSame(given, secret)) return;
  throw new MlflowError(`Cannot answer: the caller is not known; set ${hint}`, { code: 'UNAUTHENTICATED' });
}

function credentialsOf(auth: FaceAuth): { readonly scheme: string; readonly secret: string; readonly hint: string } {
  if ('token' in auth) return { scheme: 'bearer', secret: auth.token, hint: 'MLFLOW_TRACKING_TOKEN' };
  const secret = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
  return { scheme: 'basic', secret, hint: 'MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD' };
}

// The time that a comparison takes must not tell how much of a guess is right.
function isSame(a: string, b: string): boolean {
  const [digestA, digestB] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return digestA !== undefined && digestB !== undefined && timingSafeEqual(digestA, digestB);
}

function forbidden(message: string): MlflowError {
  return new MlflowError(message, { code: 'PERMISSION_DENIED' });
}
