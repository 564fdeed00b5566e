import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { startCli, type CliProcess, type CliResult } from './cli-process.js';

/** How a command is run. */
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Configuration file; default `config.yaml`. */
  readonly config?: string;
}

/** A working directory with a configuration, in which commands are run. */
export class Workplace {
  readonly folder: string;
  private readonly started: CliProcess[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(config: unknown): Promise<Workplace> {
    const workplace = new Workplace(await mkdtemp(join(tmpdir(), 'i-drill-e2e-')));
    await workplace.writeConfig('config.yaml', config);
    return workplace;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), content);
  }

  /** JSON is YAML. */
  writeConfig(path: string, config: unknown): Promise<void> {
    return this.write(path, JSON.stringify(config, null, 2));
  }

  /** Starts a command with `--config` and `--json`. */
  start(args: readonly string[], { env = {}, config = 'config.yaml' }: CommandOptions = {}): CliProcess {
    const command = startCli([...args, '--config', config, '--json'], { cwd: this.folder, env });
    this.started.push(command);
    return command;
  }

  run(args: readonly string[], options: CommandOptions = {}): Promise<CliResult> {
    return this.start(args, options).ended;
  }

  /** Runs a command on which a test builds; says why when it does not end with 0. */
  async must(args: readonly string[], options: CommandOptions = {}): Promise<unknown> {
    const { exitCode, answer, stdout, stderr } = await this.run(args, options);
    if (exitCode === 0) return answer;
    throw new Error(`i-drill ${args.join(' ')} ended with ${exitCode}\n${stdout}\n${stderr}`);
  }

  /** The folder with a run's artifacts in the file store. */
  artifactsOf(runId: string): string {
    const experiment = readdirSync(this.path('mlruns')).find((id) => existsSync(this.path('mlruns', id, runId)));
    if (experiment === undefined) throw new Error(`run ${runId} is not in the store`);
    return this.path('mlruns', experiment, runId, 'artifacts');
  }

  /** `service.json` of a model, as it is now. */
  async service(model: string, environment = 'staging'): Promise<ServiceFile | undefined> {
    const path = this.path('state', model, environment, 'service.json');
    return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as ServiceFile) : undefined;
  }

  /** Stops every service and every command that still runs, and removes the folder. */
  async dispose(): Promise<void> {
    for (const command of this.started) command.kill();
    const files = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((path) => basename(path) === 'service.json')) await this.stopService(file);
    await rm(this.folder, { recursive: true, force: true });
  }

  private async stopService(service: string): Promise<void> {
    const environment = basename(dirname(service));
    const model = basename(dirname(dirname(service)));
    const config = `undeploy-${environment}.yaml`;
    await this.writeConfig(config, { extends: './config.yaml', deployment: { environment } });
    await this.must(['undeploy', '--model-name', model], { config });
  }
}

interface ProgramRecord {
  readonly server: { readonly pid: number };
}

/** What the tests read of `service.json`. */
export interface ServiceFile {
  readonly router?: { readonly url: string; readonly program: ProgramRecord };
  readonly arms: readonly {
    readonly role: string;
    readonly share: number;
    readonly version: { readonly name: string; readonly version: string };
    readonly program: ProgramRecord;
  }[];
}
