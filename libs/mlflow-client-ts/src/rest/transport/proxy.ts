import { invalidValue } from '../../faults.js';
import type { Environment } from '../environment.js';

/** An HTTP proxy. */
export interface Proxy {
  /** Without user and password. */
  readonly url: string;
  /** Who asks it, when the address says so. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/** Which proxies there are, and when they are used. */
export interface Proxies {
  readonly secrets: readonly string[];
  /** The proxy on the way to an address; `undefined` for the straight way. */
  proxyFor(url: URL): Proxy | undefined;
}

/**
 * Proxies as Python's client reads them: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in small letters before capitals. Unlike Python,
 * this machine itself is never reached through one.
 */
export function proxiesOf(env: Environment): Proxies {
  const all = readProxy(env, 'all_proxy');
  const byProtocol: Readonly<Record<string, Proxy | undefined>> = {
    'http:': readProxy(env, 'http_proxy') ?? all,
    'https:': readProxy(env, 'https_proxy') ?? all,
  };
  const exceptions = valueOf(env, 'no_proxy')
    .toLowerCase()
    .split(/[\s,]+/);
  return {
    secrets: Object.values(byProtocol).flatMap((proxy) => proxy?.secrets ?? []),
    proxyFor: (url) =>
      isLoopback(url.hostname) || exceptions.some((each) => isMeant(each, url)) ? undefined : byProtocol[url.protocol],
  };
}

function valueOf(env: Environment, name: string): string {
  return env[name] ?? env[name.toUpperCase()] ?? '';
}

function readProxy(env: Environment, name: string): Proxy | undefined {
  const text = valueOf(env, name);
  if (text === '') return undefined;
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:') {
    const variable = name.toUpperCase();
    throw invalidValue(
      `Cannot use ${variable}: it is not the address of an HTTP proxy; write http://host:port, or unset it`,
    );
  }
  return { url: url.origin, ...identityOf(url) };
}

function identityOf({ username, password }: URL): Pick<Proxy, 'headers' | 'secrets'> {
  if (username === '') return { headers: {}, secrets: [] };
  const [user, secret] = [username, password].map(decodeURIComponent) as [string, string];
  const encoded = Buffer.from(`${user}:${secret}`).toString('base64');
  return { headers: { 'proxy-authorization': `Basic ${encoded}` }, secrets: [secret, encoded] };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

const usualPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** `example.org` and `.example.org` mean that domain and all below it; with a port, at that port; `*` means everything. */
function isMeant(exception: string, { hostname, port, protocol }: URL): boolean {
  if (exception === '*') return true;
  const [, name = '', onlyPort] = /^\.?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (name === '' || (onlyPort !== undefined && onlyPort !== (port === '' ? usualPorts[protocol] : port))) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}
