import { cpSync, existsSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLinked, makeLink, type Link } from './links.js';
import { headersOf } from './node-headers.js';
import type { Places } from './places.js';
import { runTool } from './run-tool.js';
import { SetupError } from './setup-error.js';
import { isStamped, stamp } from './stamp.js';

/** One part of the work. */
export interface Step {
  readonly what: string;
  readonly isDone: () => boolean;
  readonly run: () => void;
}

/** Everything that is set up, in order. Only what is not done is run, and only that needs its programs. */
export function setupSteps(places: Places): Step[] {
  return [packages(places), library(places), binding(places), link(places)];
}

/** tfjs-node at the pinned versions, without its install script: that would fetch another library. */
function packages({ tool, home, tfjsNode }: Places): Step {
  const source = join(tool, 'packages');
  const stampFile = join(home, 'packages.stamp');
  const pinned = (): string => contents(source, ['package-lock.json', 'tfjs/index.cjs']);
  return {
    what: 'tfjs-node from npm',
    isDone: () => isStamped(stampFile, pinned()) && existsSync(join(tfjsNode, 'package.json')),
    run: () => {
      cpSync(source, home, { recursive: true });
      runTool({
        command: 'npm',
        args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', home],
        cwd: home,
        ifMissing: 'npm comes with Node.js: install it, or run this as "npm run native"',
        ifFailed: 'is the npm registry reachable ("npm ping"), and is there room on the disk?',
      });
      stamp(stampFile, pinned());
    },
  };
}

function contents(folder: string, files: readonly string[]): string {
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
}

/** TensorFlow's library and C headers, out of the wheel that PyPI has. */
function library({ tool, home, tensorflow }: Places): Step {
  const requirements = join(tool, 'requirements.txt');
  const stampFile = join(home, 'tensorflow.stamp');
  const pinned = (): string => readFileSync(requirements, 'utf8');
  const wheels = join(home, 'wheels');
  return {
    what: 'TensorFlow from PyPI (274 MB, 0.9 GB unpacked)',
    isDone: () => isStamped(stampFile, pinned()) && existsSync(tensorflow),
    run: () => {
      rmSync(tensorflow, { recursive: true, force: true });
      download(requirements, wheels);
      const wheel = join(wheels, readdirSync(wheels)[0] ?? '');
      python([join(tool, 'unpack_wheel.py'), wheel, home], 'is there room on the disk for 0.9 GB?');
      rmSync(wheels, { recursive: true });
      stamp(stampFile, pinned());
    },
  };
}

function download(requirements: string, wheels: string): void {
  rmSync(wheels, { recursive: true, force: true });
  python(['-m', 'pip', '--version'], 'install pip (Debian: apt-get install python3-pip)');
  const wheelFor = ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux_2_27_x86_64', '--only-binary', ':all:']; // prettier-ignore
  const args = ['-m', 'pip', 'download', '--no-deps', '--require-hashes', ...wheelFor, '--dest', wheels, '-r', requirements]; // prettier-ignore
  python(args, 'is PyPI reachable ("python3 -m pip download --no-deps tensorflow-cpu==2.21.0"), and is there room on the disk?'); // prettier-ignore
}

function python(args: readonly string[], ifFailed: string): void {
  const ifMissing = 'install Python 3 with pip (Debian: apt-get install python3 python3-pip)';
  runTool({ command: process.env['PYTHON'] ?? 'python3', args, ifMissing, ifFailed });
}

/** The binding of tfjs-node, compiled against that library. */
function binding({ tool, home, tfjsNode, tensorflow, binding: built }: Places): Step {
  const stampFile = join(home, 'binding.stamp');
  const pinned = (): string => contents(tool, ['requirements.txt', 'packages/package-lock.json', 'hold_signals.h']);
  return {
    what: 'binding of tfjs-node, compiled',
    isDone: () => isStamped(stampFile, pinned()) && existsSync(built),
    run: () => {
      for (const link of libraryLinks(tfjsNode, tensorflow)) makeLink(link);
      requireCompiler();
      const nodePreGyp = join(home, 'node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp');
      const headers = headersOf(process.execPath);
      runTool({
        command: process.execPath,
        args: [
          nodePreGyp,
          'install',
          '--build-from-source',
          ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
        ],
        cwd: tfjsNode,
        env: { npm_config_node_gyp: nodeGyp(), CXXFLAGS: `${process.env['CXXFLAGS'] ?? ''} -include ${join(tool, 'hold_signals.h')}` }, // prettier-ignore
        ifMissing: 'reinstall Node.js',
        ifFailed: `read the compiler's words above; headers of Node.js: ${headers ?? 'fetched by node-gyp, which needs the network'}`,
      });
      stamp(stampFile, pinned());
    },
  };
}

/** The library under the names that tfjs-node links against and looks for at run time. */
function libraryLinks(tfjsNode: string, tensorflow: string): Link[] {
  const lib = join(tfjsNode, 'deps/lib');
  const [cc, framework] = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;
  return [
    { from: join(tfjsNode, 'deps/include'), to: join(tensorflow, 'include') },
    { from: join(lib, cc), to: join(tensorflow, cc) },
    { from: join(lib, framework), to: join(tensorflow, framework) },
    { from: join(lib, 'libtensorflow.so'), to: cc },
    { from: join(lib, 'libtensorflow_framework.so'), to: framework },
  ];
}

function requireCompiler(): void {
  const ifMissing = 'install a C++ compiler and make (Debian: apt-get install g++ make)';
  for (const command of ['make', process.env['CXX'] ?? 'g++']) {
    runTool({ command, args: ['--version'], ifMissing, ifFailed: ifMissing });
  }
}

/** node-gyp comes with npm, which names it to the scripts it runs. */
function nodeGyp(): string {
  const path = process.env['npm_config_node_gyp'];
  if (path !== undefined) return path;
  throw new SetupError('Cannot find node-gyp', 'run this as "npm run native"');
}

/** `npm ci` takes this link away; it is back in no time. */
function link({ link: from, tfjsNode }: Places): Step {
  const wanted = { from, to: tfjsNode };
  return {
    what: 'link in node_modules',
    isDone: () => isLinked(wanted) && realpathSync(from) === realpathSync(tfjsNode),
    run: () => {
      makeLink(wanted);
    },
  };
}
