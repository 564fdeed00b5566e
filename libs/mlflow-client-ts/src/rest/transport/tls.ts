import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowError } from '../../errors.js';
import { readBoolean, type Environment } from '../environment.js';

/** How the certificates of a tracking server are checked, and which one it is shown. */
export interface TlsSettings {
  /** `false` takes any certificate. */
  readonly rejectUnauthorized?: boolean;
  /** Authorities that are trusted, instead of those of Node. PEM. */
  readonly ca?: string[];
  /** PEM. */
  readonly cert?: string;
  /** PEM. */
  readonly key?: string;
}

const insecureName = 'MLFLOW_TRACKING_INSECURE_TLS';
const serverName = 'MLFLOW_TRACKING_SERVER_CERT_PATH';
const clientName = 'MLFLOW_TRACKING_CLIENT_CERT_PATH';

/**
 * TLS as Python's client reads it: MLFLOW_TRACKING_INSECURE_TLS, MLFLOW_TRACKING_SERVER_CERT_PATH (a bundle of authorities, or a folder of
 * them), MLFLOW_TRACKING_CLIENT_CERT_PATH (certificate and key in one PEM file).
 */
export function tlsOf(env: Environment): TlsSettings {
  const isInsecure = readBoolean(env, insecureName) ?? false;
  const serverPath = env[serverName] ?? '';
  const clientPath = env[clientName] ?? '';
  if (isInsecure && serverPath !== '') {
    throw new MlflowError(
      `Cannot use ${insecureName}=true together with ${serverName}="${serverPath}": one trusts everybody, the other names whom to trust; unset one of them`,
      { code: 'INVALID_PARAMETER_VALUE' },
    );
  }
  const client = clientPath === '' ? undefined : readClientCertificate(clientPath);
  return {
    ...(isInsecure && { rejectUnauthorized: false }),
    ...(serverPath !== '' && { ca: readPem(serverName, serverPath, readBundle) }),
    ...(client !== undefined && { cert: client, key: client }),
  };
}

function readClientCertificate(path: string): string {
  const text = readPem(clientName, path, (file) => readFileSync(file, 'utf8'));
  if (text.includes('PRIVATE KEY-----') && text.includes('BEGIN CERTIFICATE-----')) return text;
  throw new MlflowError(
    `Cannot use ${clientName}="${path}": it lacks the certificate or its private key; write both into one PEM file`,
    { code: 'INVALID_PARAMETER_VALUE' },
  );
}

function readPem<T>(name: string, path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (cause) {
    const problem = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new MlflowError(
      `Cannot use ${name}="${path}": it cannot be read (${problem}); name an existing PEM file, or unset it`,
      { code: 'INVALID_PARAMETER_VALUE', cause },
    );
  }
}

function readBundle(path: string): string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  const files = readdirSync(path).map((name) => join(path, name));
  return files
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => text.includes('BEGIN CERTIFICATE-----'));
}
