/** Points of one panel. */
interface PanelPoint {
  readonly x: number;
  readonly y: number;
  /** A thin vertical line through the point. */
  readonly from?: number;
  readonly to?: number;
}

/** One square of a figure. */
export interface Panel {
  readonly title: string;
  readonly points: readonly PanelPoint[];
}

/** A row of panels with common axes and the diagonal, on which predictions are true. */
export interface Figure {
  readonly panels: readonly Panel[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Both axes run from 0 to here. */
  readonly maximum: number;
  /** Values at which both axes have a mark. */
  readonly ticks: readonly number[];
}

const side = 260;
const margin = { left: 46, top: 28, right: 14, bottom: 40 } as const;
const panelWidth = margin.left + side + margin.right;
const height = margin.top + side + margin.bottom;

/** The figure as an SVG document; it needs no fonts or scripts of its own. */
export function scatterSvg(figure: Figure): string {
  const width = panelWidth * figure.panels.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...figure.panels.flatMap((panel, index) => panelLines(panel, figure, index)),
    '</svg>',
    '',
  ].join('\n');
}

function panelLines({ title, points }: Panel, figure: Figure, index: number): string[] {
  const { maximum, ticks, xLabel, yLabel } = figure;
  const at = (value: number): number => Math.round((value / maximum) * side * 10) / 10;
  const up = (value: number): number => Math.round((side - at(value)) * 10) / 10;
  return [
    `<g transform="translate(${index * panelWidth + margin.left} ${margin.top})">`,
    `<text x="${side / 2}" y="-10" text-anchor="middle" font-size="13">${escaped(title)}</text>`,
    `<rect width="${side}" height="${side}" fill="none" stroke="#888"/>`,
    `<path d="M0 ${side}L${side} 0" stroke="#bbb" stroke-dasharray="4 3"/>`,
    ...ticks.flatMap((tick) => [
      `<text x="${at(tick)}" y="${side + 14}" text-anchor="middle">${tick}</text>`,
      `<text x="-6" y="${up(tick) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    `<text x="${side / 2}" y="${side + 31}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text transform="translate(-32 ${side / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
    ...points.map(({ x, from, to }) =>
      from === undefined || to === undefined
        ? ''
        : `<path d="M${at(x)} ${up(from)}V${up(to)}" stroke="#3b6fb6" stroke-opacity=".25"/>`,
    ),
    ...points.map(({ x, y }) => `<circle cx="${at(x)}" cy="${up(y)}" r="2" fill="#1f3f73"/>`),
    '</g>',
  ].filter((line) => line !== '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
