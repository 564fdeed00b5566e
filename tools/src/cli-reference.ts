import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// Commands that are made of commands; asking each one for its help would take seconds.
const groups = new Set(['pipeline', 'mlflow']);

/** `docs/cli.md`: what `--help` prints, for the program and each of its commands. */
export function cliReference(root: string): string {
  const program = help(root, []);
  const commands = commandNames(program).flatMap((name) => {
    const parts = groups.has(name) ? commandNames(help(root, [name])) : [];
    return parts.length === 0 ? [name] : parts.map((part) => `${name} ${part}`);
  });
  const sections = commands.map((name) => `## i-drill ${name}\n\n${fenced(help(root, name.split(' ')))}`);
  return `# Command line

Written from \`--help\` by \`npx tsx tools/src/write-docs.ts\`; a test compares.

Answers go to stdout, words to stderr; \`--json\` turns the answer into JSON on every command. Flags may be written with
\`-\` or \`_\` (\`--model-type\`, \`--model_type\`).

| exit | meaning |
| --- | --- |
| 0 | done, the answer is yes |
| 1 | the command worked and its answer is no |
| 2 | wrong usage, configuration or data |
| 3 | another system failed |
| 70 | a defect of i-drill |

## i-drill

${fenced(program)}

${sections.join('\n\n')}
`;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

function help(root: string, command: readonly string[]): string {
  const bin = join(root, 'apps/cli/bin/i-drill.mjs');
  return execFileSync(process.execPath, [bin, ...command, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '100' },
  });
}

function commandNames(programHelp: string): string[] {
  const list = programHelp.slice(programHelp.indexOf('Commands:'));
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== 'help');
}
