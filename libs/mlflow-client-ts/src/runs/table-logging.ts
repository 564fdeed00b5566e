import { assertArtifactPath } from '../checks/artifact-path.js';
import { assertRunTags } from '../checks/run-data.js';
import { isNotFound } from '../error-guards.js';
import { invalidValue } from '../faults.js';
import type { ActiveRun } from './active-run.js';
import type { RunContext } from './run-context.js';
import { logContent } from './run-file-methods.js';
import { appendTable, loggedArtifactsTag, parseTable, toSplitTable, type SplitTable } from './table.js';

const tagKey = 'mlflow.loggedArtifacts';

/** `logTable` of a run: remembers what was logged, so that rows can be added while the store is out of reach. */
export function tableLogging(context: RunContext): ActiveRun['logTable'] {
  const tables = new Map<string, Promise<SplitTable>>();
  let tag = context.resumed?.tags[tagKey];

  const write = (path: string, table: SplitTable): SplitTable => {
    const tags = { [tagKey]: loggedArtifactsTag(tag, path) };
    assertRunTags(tags);
    logContent(context.writer, path, JSON.stringify(table));
    if (tags[tagKey] !== tag) context.writer.add({ tags });
    tag = tags[tagKey];
    return table;
  };
  return async (path, data) => {
    assertTablePath(path);
    const more = toSplitTable(path, data);
    const before = tables.get(path) ?? readTable(context, path);
    const written = before.then((table) => write(path, table === undefined ? more : appendTable(table, more)));
    tables.set(path, written);
    try {
      await written;
    } catch (error) {
      tables.delete(path); // what is there is read again the next time
      throw error;
    }
  };
}

function assertTablePath(path: string): void {
  assertArtifactPath(path);
  if (path.endsWith('.json')) return;
  throw invalidValue(`Cannot log table "${path}": its name does not end in .json; parquet is not written here`, {
    path,
  });
}

/** Only a resumed run can have a table that was not logged here. */
async function readTable({ client, resumed }: RunContext, path: string): Promise<SplitTable | undefined> {
  if (resumed === undefined) return undefined;
  try {
    return parseTable(path, new TextDecoder().decode(await client.downloadArtifact(resumed.runId, path)));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
