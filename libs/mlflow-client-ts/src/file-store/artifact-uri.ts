import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where artifacts are now. URIs in a store are absolute; in one that was moved, or in a deleted experiment, those that name the place where they
 * would lie by themselves are followed to it.
 *
 * @param ownFolder that place now
 * @param depth how many of its last folders MLflow names
 */
export function followedUri(written: string, ownFolder: string, depth: number): string {
  const ownPlace = `/${ownFolder.split(sep).slice(-depth).join('/')}`;
  return written.startsWith('file:') && written.endsWith(ownPlace) ? pathToFileURL(ownFolder).href : written;
}

/** A location as MLflow keeps it: a path becomes an absolute `file:` URI. */
export function absoluteUri(location: string): string {
  const isUri = /^[a-z][a-z\d+.-]+:/i.test(location); // one letter is a disk of Windows
  return isUri ? location : pathToFileURL(resolve(location)).href;
}

/** A URI with further folders. */
export function uriBelow(uri: string, ...folders: readonly string[]): string {
  return [uri.replace(/\/+$/, ''), ...folders].join('/');
}
