import type { Command } from 'commander';
import { openVersion, examOf, score, trivialBaseline } from '@i-drill/workflows';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { prepareRecipe } from '../wiring/prepare-data.js';
import { commandWithCommonFlags, withVersionFlags } from './common-flags.js';
import { chosenVersion, type VersionFlags } from './version-choice.js';

/** `i-drill evaluate` */
export function evaluateCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags(
    'evaluate',
    'score a registered version on its test data, beside the baseline',
  );
  return withVersionFlags(command, 'the one in Production')
    .option('--data <path>', 'folder with the files of its data set, or its table')
    .action((flags: CommonFlags & VersionFlags & { data?: string }) => {
      run(evaluate(flags));
    });
}

async function evaluate(flags: CommonFlags & VersionFlags & { data?: string }): Promise<ExitCode> {
  const context = openContext(flags);
  const version = await chosenVersion(context, flags, { alias: 'production' });
  const open = await openVersion(context.ports, version);
  try {
    const { targetCap } = open.evidence.preprocessing;
    const { data } = await prepareRecipe(context.config, open.recipe, flags.data);
    const exam = examOf(data.test, open.evidence.preprocessing);
    const baseline = trivialBaseline(data.train, targetCap);
    const marks = score(exam, await open.model.predict(exam.windows.inputs, exam.windows.count), baseline);
    context.output.answer(
      {
        model: version.name,
        version: version.version,
        metrics: marks.metrics,
        baseline: { name: baseline.name, metrics: marks.baselineMetrics },
      },
      [
        `${version.name} version ${version.version} on ${exam.windows.count} test windows [${exam.targetUnit}]`,
        ...metricLines(marks.metrics, marks.baselineMetrics, baseline.name),
      ],
    );
  } finally {
    await open.model.close();
  }
  return exitCodes.done;
}

function metricLines(
  metrics: Readonly<Record<string, number>>,
  baseline: Readonly<Record<string, number>>,
  name: string,
): string[] {
  return Object.entries(metrics).map(([key, value]) => {
    const beside = baseline[key] === undefined ? '' : `  (${name} ${baseline[key].toFixed(4)})`;
    return `  ${key.padEnd(18)} ${value.toFixed(4)}${beside}`;
  });
}
