import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrillingReport } from './drilling-bench.js';
import { drillingPage } from './drilling-page.js';
import { drillingProtocol } from './drilling-protocol.js';

/** Writes reports beside the others of a folder, and page and figures anew from all of them. */
export async function writeDrillingReports(folder: string, reports: readonly DrillingReport[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const report of reports) {
    await writeFile(join(folder, `drilling-${report.preset}.json`), `${JSON.stringify(report, null, 1)}\n`);
  }
  const paths = drillingProtocol.presets.map((preset) => join(folder, `drilling-${preset}.json`)).filter(existsSync);
  const all = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as DrillingReport));
  for (const { name, text } of drillingPage(all)) await writeFile(join(folder, name), text);
}
