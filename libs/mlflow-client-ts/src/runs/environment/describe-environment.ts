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

/** What a run tells of its program. */
export interface EnvironmentDescription {
  readonly tags: Readonly<Record<string, string>>;
  /** Artifacts for what does not fit into a tag: path to content. */
  readonly files: Readonly<Record<string, string>>;
}

const longestValue = 8000;
const dependenciesTag = 'package.dependencies';

/**
 * Where a run comes from, as tags: MLflow's own (`mlflow.user`, `mlflow.source.*`), and `host`, `node.version`, `package.name`, `package.version`,
 * `package.dependencies` (JSON). Dependencies too long for a tag are the artifact `environment/dependencies.json`; other long values are left out.
 */
export function describeEnvironment(facts: ProgramFacts): EnvironmentDescription {
  const known = { ...tagsOfProgram(facts), ...tagsOfPackage(facts) };
  const tags = Object.fromEntries(
    Object.entries(known).filter(
      (tag): tag is [string, string] => tag[1] !== undefined && tag[1].length <= longestValue,
    ),
  );
  if (facts.package === undefined || tags[dependenciesTag] !== undefined) return { tags, files: {} };
  const text = JSON.stringify(facts.package.dependencies, null, 2);
  return { tags, files: { 'environment/dependencies.json': `${text}\n` } };
}

type KnownTags = Readonly<Record<string, string | undefined>>;

function tagsOfProgram({ user, script, isJob, git, host, nodeVersion }: ProgramFacts): KnownTags {
  return {
    'mlflow.user': user,
    'mlflow.source.name': script ?? '<console>',
    'mlflow.source.type': isJob ? 'JOB' : 'LOCAL',
    'mlflow.source.git.commit': git?.commit,
    'mlflow.source.git.branch': git?.branch,
    'mlflow.source.git.repoURL': git?.repoUrl,
    host,
    'node.version': nodeVersion,
  };
}

function tagsOfPackage({ package: own }: ProgramFacts): KnownTags {
  return {
    'package.name': own?.name,
    'package.version': own?.version,
    [dependenciesTag]: own && JSON.stringify(own.dependencies),
  };
}
