import type { GitCheckout } from './git-checkout.js';
import type { PackageFacts } from './package-facts.js';

/** What is known about the program that makes a run. */
export interface ProgramFacts {
  readonly user?: string;
  /** Path of the script; absent in a console. */
  readonly script?: string;
  /** Whether it runs as a job of a build server (the variable `CI` is set). */
  readonly isJob: boolean;
  readonly host: string;
  readonly nodeVersion: string;
  readonly git?: GitCheckout;
  readonly package?: PackageFacts;
}

const longestValue = 8000;

/**
 * The tags that tell where a run comes from: MLflow's own (`mlflow.user`, `mlflow.source.*`), and `host`, `node.version`, `package.name`,
 * `package.version`, `package.dependencies` (JSON, left out when it does not fit into a tag).
 */
export function environmentTags(facts: ProgramFacts): Record<string, string> {
  const { git, package: own } = facts;
  const tags: Record<string, string | undefined> = {
    'mlflow.user': facts.user,
    'mlflow.source.name': facts.script ?? '<console>',
    'mlflow.source.type': facts.isJob ? 'JOB' : 'LOCAL',
    'mlflow.source.git.commit': git?.commit,
    'mlflow.source.git.branch': git?.branch,
    'mlflow.source.git.repoURL': git?.repoUrl,
    host: facts.host,
    'node.version': facts.nodeVersion,
    'package.name': own?.name,
    'package.version': own?.version,
    'package.dependencies': own && JSON.stringify(own.dependencies),
  };
  return Object.fromEntries(
    Object.entries(tags).filter(
      (tag): tag is [string, string] => tag[1] !== undefined && tag[1].length <= longestValue,
    ),
  );
}
