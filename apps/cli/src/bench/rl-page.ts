import { curvesSvg } from './curves-svg.js';
import { goalResult, isCompleteRl, returnSpread, speedSpread, testReturn, type RlReport } from './rl-report.js';
import type { PageFile } from './rul-page.js';
import { rlProtocol } from './rl-protocol.js';
import { spread, type Spread } from './spread.js';
import { markdownTable, type TextTable } from './table.js';

/** A row per report. */
export function rlTable(reports: readonly RlReport[]): TextTable {
  return {
    head: ['environment, agent', 'seeds', 'mean return', 'after the last step', 'steps/s', 'goal', 'reached by', 'met'],
    rows: reports.map((report) => {
      const result = goalResult(report);
      const last = report.seeds.map(({ lastMeanReturn }) => lastMeanReturn);
      return [
        `${report.environment}, ${report.agent}`,
        String(report.seeds.length),
        rangeText(returnSpread(report), 1),
        rangeText(spread(last), 1),
        rangeText(speedSpread(report), 0),
        result === undefined ? '-' : String(result.goal.meanReturn),
        result === undefined ? '-' : `${result.reached} of ${report.seeds.length}`,
        result === undefined ? '-' : result.isMet ? 'yes' : 'no',
      ];
    }),
  };
}

/** As `spreadText`, for numbers that may be negative. */
function rangeText({ median, low, high }: Spread, digits: number): string {
  const text = (value: number): string => value.toFixed(digits);
  return low === high ? text(median) : `${text(median)} (${text(low)} to ${text(high)})`;
}

/** The page and a figure of learning curves per report, of complete runs. */
export function rlPage(all: readonly RlReport[]): PageFile[] {
  const reports = all.filter(isCompleteRl);
  const figures = reports.map((report) => ({ name: `${reportName(report)}.svg`, text: learningCurves(report) }));
  return [{ name: 'rl.md', text: page(reports) }, ...figures];
}

/** Name of a report's files, without what comes after the dot. */
export function reportName({ environment, agent }: RlReport): string {
  return `rl-${environment}-${agent}`;
}

function learningCurves(report: RlReport): string {
  const result = goalResult(report);
  return curvesSvg({
    title: `${report.environment}, ${report.agent}: ${report.seeds.length} seeds`,
    xLabel: 'environment steps',
    yLabel: `mean return of ${rlProtocol.selectionEpisodes} episodes`,
    curves: report.seeds.map(({ curve }) => ({
      label: '',
      points: curve.map(({ timesteps, meanReturn }) => ({ x: timesteps, y: meanReturn })),
    })),
    ...(result === undefined ? {} : { level: { y: result.goal.meanReturn, label: `goal ${result.goal.meanReturn}` } }),
  });
}

function page(reports: readonly RlReport[]): string {
  const { evaluations, selectionEpisodes, testEpisodes } = rlProtocol;
  return `${[
    '# Agents in reference environments',
    '',
    'Written by `i-drill bench rl` from the `rl-*.json` files beside it, which hold every setting and every single return.',
    '',
    '```sh',
    'npx i-drill bench rl --env all --agent all --seeds 10 --jobs 2 # everything on this page',
    'npx i-drill bench rl --env cartpole --seeds 10 # one environment',
    '```',
    '',
    '## Protocol',
    '',
    `- Environments written from their published equations and held to Gymnasium step for step (\`libs/environments\`).`,
    `- ${evaluations} evaluations over a training, ${selectionEpisodes} episodes each without chance in the actions, choose the policy that is kept. It is then judged on ${testEpisodes} episodes that nothing has seen; so is the policy after the last step.`,
    '- Settings are `agentRecipes`. Those of PPO on Pendulum were chosen among nine on seeds 101 to 106; those of the others are the first that were tried, looked at on seeds 1 to 5 at most, which are among those reported.',
    '- Goals are the mean returns of rl-baselines3-zoo (benchmark.md), with as many environment steps; CartPole by nine seeds of ten, the others by the median seed.',
    '- Steps per second: collecting and learning, evaluations left out, beside whatever else the machine did. Speed is measured in [how fast agents learn](agent-speed.md).',
    '',
    '## Results',
    '',
    'Mean return over the test episodes: median over the seeds, and their range.',
    '',
    ...markdownTable(rlTable(reports)),
    '',
    ...reports.flatMap((report) => [
      `![Learning curves of ${report.agent} in ${report.environment}](${reportName(report)}.svg)`,
      '',
      `Seeds 1 to ${report.seeds.length}: ${report.seeds.map((seed) => testReturn(seed).toFixed(1)).join(', ')}.`,
      '',
    ]),
    ...machineLines(reports),
  ].join('\n')}\n`;
}

function machineLines(reports: readonly RlReport[]): string[] {
  const lines = reports.map(({ environment, agent, machine: { processor, cores, node }, revision }) => `- ${environment}, ${agent}: ${processor}, ${cores} cores, Node.js ${node}, revision ${revision}`); // prettier-ignore
  return ['## Machine', '', ...lines];
}
