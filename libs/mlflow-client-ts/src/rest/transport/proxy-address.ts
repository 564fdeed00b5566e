import { invalidValue } from '../../faults.js';
import type { Environment } from '../environment.js';

/** The proxy on the way to an address; `undefined` for the straight way. */
export type ProxyFor = (url: URL) => URL | undefined;

/**
 * Proxies as Python's client reads them: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in small letters before capitals. This machine itself
 * is never reached through one, which differs from Python.
 */
export function proxyFor(env: Environment): ProxyFor {
  const all = read(env, 'all_proxy');
  const proxies: Readonly<Record<string, URL | undefined>> = {
    'http:': read(env, 'http_proxy') ?? all,
    'https:': read(env, 'https_proxy') ?? all,
  };
  const exceptions = valueOf(env, 'no_proxy')
    .toLowerCase()
    .split(/[\s,]+/);
  return (url) => (isLoopback(url.hostname) || isException(exceptions, url) ? undefined : proxies[url.protocol]);
}

function valueOf(env: Environment, name: string): string {
  return env[name] ?? env[name.toUpperCase()] ?? '';
}

function read(env: Environment, name: string): URL | undefined {
  const text = valueOf(env, name);
  if (text === '') return undefined;
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:') return url;
  throw invalidValue(
    `Cannot use ${name.toUpperCase()}: it is no address of an HTTP proxy; write http://host:port, or unset it`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

/** `example.org` and `.example.org` stand for that domain and all below it; with a port, for that port only; `*` for everything. */
function isException(exceptions: readonly string[], { hostname, port, protocol }: URL): boolean {
  const portOrDefault = port === '' ? { 'http:': '80', 'https:': '443' }[protocol] : port;
  return exceptions.some((exception) => {
    if (exception === '*') return true;
    const [, name = '', exceptionPort] = /^\.?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
    if (name === '' || (exceptionPort !== undefined && exceptionPort !== portOrDefault)) return false;
    return hostname === name || hostname === `[${name}]` || hostname.endsWith(`.${name}`);
  });
}
