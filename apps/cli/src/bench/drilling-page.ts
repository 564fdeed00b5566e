import type { AgentType } from '@i-drill/training/agents';
import { curvesSvg } from './curves-svg.js';
import type { DrillingReport, DrillingResult } from './drilling-bench.js';
import { drillingProtocol } from './drilling-protocol.js';
import type { PageFile } from './rul-page.js';
import { markdownTable, type TextTable } from './table.js';
import { figureText, wellColumns } from './well-table.js';

/** A row per rule and per trained agent. */
export function drillingTable({ results }: DrillingReport): TextTable {
  return {
    head: ['who drills', ...wellColumns.map(({ title }) => title)],
    rows: results.map((result) => [
      nameOf(result),
      ...wellColumns.map(({ key, digits }) => figureText(result.figures[key], digits)),
    ]),
  };
}

function nameOf({ name, training, setPoint }: DrillingResult): string {
  if (training !== undefined) return `${name}, seed ${training.seed}`;
  if (setPoint === undefined) return name;
  return `${name} (${setPoint.weight} kN, ${setPoint.speed} rpm, ${setPoint.flow} L/min)`;
}

/** Whether an agent beats a rule: the whole interval of its cost below the rule's, and no more violations. */
interface Comparison {
  readonly preset: string;
  readonly agent: AgentType;
  readonly seed: number;
  readonly rule: string;
  readonly isCheaper: boolean;
  readonly hasNoMoreViolations: boolean;
}

/** Every trained agent against every rule. */
function comparisons({ preset, results }: DrillingReport): Comparison[] {
  const rules = results.filter(({ training }) => training === undefined);
  return results.flatMap(({ name, training, figures }) => {
    if (training === undefined) return [];
    return rules.map((rule) => ({
      preset,
      agent: name as AgentType,
      seed: training.seed,
      rule: rule.name,
      isCheaper: figures.costPerM.interval.high < rule.figures.costPerM.interval.low,
      hasNoMoreViolations: figures.violations.value <= rule.figures.violations.value,
    }));
  });
}

/** Presets in which every seed of an agent beats every rule, by agent. */
export function provenPresets(reports: readonly DrillingReport[]): Record<string, string[]> {
  const all = reports.flatMap(comparisons);
  const agents = [...new Set(all.map(({ agent }) => agent))];
  return Object.fromEntries(
    agents.map((agent) => {
      const presets = [...new Set(all.map(({ preset }) => preset))];
      return [agent, presets.filter((preset) => all.filter((each) => each.agent === agent && each.preset === preset).every(({ isCheaper, hasNoMoreViolations }) => isCheaper && hasNoMoreViolations))]; // prettier-ignore
    }),
  );
}

/** The page and a figure of learning curves per preset. */
export function drillingPage(reports: readonly DrillingReport[]): PageFile[] {
  const figures = reports.map((report) => ({ name: `drilling-${report.preset}.svg`, text: learningCurves(report) }));
  return [{ name: 'drilling.md', text: page(reports) }, ...figures];
}

function learningCurves({ preset, results }: DrillingReport): string {
  return curvesSvg({
    title: `${preset} wells: agents over their training`,
    xLabel: 'environment steps',
    yLabel: `mean return in ${drillingProtocol.selectionWells} wells, k$`,
    curves: results.flatMap(
      ({ name, training }) =>
      training === undefined
        ? []
        : [{ label: `${name} ${training.seed}`, points: training.curve.map(({ timesteps, score }) => ({ x: timesteps, y: score })) }], // prettier-ignore
    ),
  });
}

function page(reports: readonly DrillingReport[]): string {
  const { testWells, selectionWells, searchWells, evaluations, seeds } = drillingProtocol;
  return `${[
    '# Agents that drill',
    '',
    'Written by `i-drill bench drilling` from the `drilling-*.json` files beside it, which hold every setting.',
    '',
    '```sh',
    'npx i-drill bench drilling --jobs 2 # everything on this page',
    'npx i-drill bench drilling --preset hard --agent ppo --seeds 1 --wells 1000 # a look',
    '```',
    '',
    '## Protocol',
    '',
    '- `Drilling-v1` (`libs/drilling`): one bit run per well, realistic sensors, events paid for when they happen. Bit runs end by wear or by an event, not by the clock.',
    `- Everything is judged in the same ${testWells} wells per preset, which nothing has seen. Intervals: 95 %, bootstrap over the wells.`,
    `- Agents: ${seeds} trainings each, settings of \`config/mlops_config.yaml\`; of ${evaluations} evaluations in ${selectionWells} other wells, the policy with the highest mean return is kept. Training pays for the chance of events in place of events (\`risk: expected\`).`,
    `- Best constant: the one of 360 set-points with the least cost per metre in ${searchWells} other wells. Driller's rule and extremum seeking: \`libs/drilling/src/drillers\`.`,
    '- An agent beats a rule where its whole interval of cost per metre lies below that of the rule and it violates no more limits.',
    '',
    ...reports.flatMap((report) => [
      `## ${report.preset[0]!.toUpperCase()}${report.preset.slice(1)} wells`,
      '',
      ...markdownTable(drillingTable(report)),
      '',
      ...verdictLines(report),
      '',
      `![Learning curves](drilling-${report.preset}.svg)`,
      '',
    ]),
    ...machineLines(reports),
  ].join('\n')}\n`;
}

function verdictLines(report: DrillingReport): string[] {
  const all = comparisons(report);
  const agents = [...new Set(all.map(({ agent }) => agent))];
  return agents.flatMap((agent) => {
    const own = all.filter((each) => each.agent === agent);
    const rules = [...new Set(own.map(({ rule }) => rule))];
    return rules.map((rule) => {
      const against = own.filter((each) => each.rule === rule);
      const cheaper = against.filter(({ isCheaper }) => isCheaper).length;
      const calmer = against.filter(({ hasNoMoreViolations }) => hasNoMoreViolations).length;
      return `- ${agent} against ${rule}: cheaper with intervals apart in ${cheaper} of ${against.length} trainings, no more violations in ${calmer}.`;
    });
  });
}

function machineLines(reports: readonly DrillingReport[]): string[] {
  return [
    '## Machine',
    '',
    ...reports.map(({ preset, machine: { processor, cores, node }, revision, results }) => {
      const seconds = results.reduce((sum, { training }) => sum + (training?.seconds ?? 0), 0);
      return `- ${preset}: ${processor}, ${cores} cores, Node.js ${node}, revision ${revision}; trainings ${Math.round(seconds)} s in all`;
    }),
  ];
}
