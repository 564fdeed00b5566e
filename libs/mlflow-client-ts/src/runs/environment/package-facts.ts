import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { orIfMissing } from '../../fs/missing-file.js';
import { publicRemoteUrl } from './remote-url.js';

/** The package a program belongs to. */
export interface PackageFacts {
  readonly name?: string;
  readonly version?: string;
  /** Its run-time dependencies: the installed version, or what `package.json` asks for when it is not installed. */
  readonly dependencies: Readonly<Record<string, string>>;
}

interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
}

/** Reads the nearest `package.json` around a folder that names a package; `undefined` when there is none. */
export async function readPackageFacts(folder: string): Promise<PackageFacts | undefined> {
  const at = resolve(folder);
  const found = await readPackageJson(at);
  // A file of {"type": "module"} alone, as build folders have it, says nothing.
  if (found !== undefined && (found.name ?? found.dependencies) !== undefined) return describe(at, found);
  const parent = dirname(at);
  return parent === at ? undefined : readPackageFacts(parent);
}

async function describe(folder: string, { name, version, dependencies = {} }: PackageJson): Promise<PackageFacts> {
  const installed = Object.entries(dependencies).map(async ([dependency, asked]): Promise<[string, string]> => {
    return [dependency, (await installedVersion(folder, dependency)) ?? publicRemoteUrl(String(asked))];
  });
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof version === 'string' && { version }),
    dependencies: Object.fromEntries(await Promise.all(installed)),
  };
}

/** Looks where Node looks: in the `node_modules` of the folder, then of each folder above. */
async function installedVersion(folder: string, dependency: string): Promise<string | undefined> {
  const version = (await readPackageJson(join(folder, 'node_modules', dependency)))?.version;
  if (typeof version === 'string') return version;
  const parent = dirname(folder);
  return parent === folder ? undefined : installedVersion(parent, dependency);
}

async function readPackageJson(folder: string): Promise<PackageJson | undefined> {
  const text = await orIfMissing(readFile(join(folder, 'package.json'), 'utf8'), undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as PackageJson;
  } catch {
    return undefined; // a broken file of the user's is no reason to refuse a run
  }
}
