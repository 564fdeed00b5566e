import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** `docs/cli.md`: what `--help` prints, for the program and each command that does something. */
export function cliReference(root: string): string {
  const pages = helpPages(root);
  const sections = pages.map(({ name, text }) => `## ${name}\n\n${fenced(text)}`);
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

${sections.join('\n\n')}
`;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

interface HelpPage {
  readonly name: string;
  readonly text: string;
}

// One start of the program for all of them: each takes seconds.
function helpPages(root: string): HelpPage[] {
  const program = join(root, 'apps/cli/src/print-help.ts');
  const args = ['--conditions=@i-drill/source', '--import', 'tsx', program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as HelpPage[];
}
