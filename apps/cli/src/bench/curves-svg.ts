/** A line of a figure. */
interface Curve {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A square with lines. */
export interface CurveFigure {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curves: readonly Curve[];
  /** A level to compare with, drawn across. */
  readonly level?: { readonly y: number; readonly label: string };
}

const size = { width: 460, height: 250 } as const;
const margin = { left: 60, top: 30, right: 20, bottom: 44 } as const;
const colours = ['#1f3f73', '#b6532f', '#2f7d4f', '#7a4fa3', '#8a6d1f', '#3b6fb6'];

/** The figure as an SVG document; it needs no fonts or scripts of its own. */
export function curvesSvg(figure: CurveFigure): string {
  const scale = scaleOf(figure);
  const [width, height] = [margin.left + size.width + margin.right, margin.top + size.height + margin.bottom];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g transform="translate(${margin.left} ${margin.top})">`,
    `<text x="${size.width / 2}" y="-12" text-anchor="middle" font-size="13">${escaped(figure.title)}</text>`,
    `<rect width="${size.width}" height="${size.height}" fill="none" stroke="#888"/>`,
    ...axisLines(figure, scale),
    ...levelLines(figure, scale),
    ...figure.curves.map((curve, i) => curveLine(curve, scale, colours[i % colours.length]!)),
    ...legendLines(figure.curves),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Scale {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  at(x: number): number;
  up(y: number): number;
}

function scaleOf({ curves, level }: CurveFigure): Scale {
  const points = curves.flatMap((curve) => curve.points);
  const xs = points.map(({ x }) => x);
  const ys = [...points.map(({ y }) => y), ...(level === undefined ? [] : [level.y])];
  const x = [Math.min(...xs), Math.max(...xs)] as const;
  const y = widened(Math.min(...ys), Math.max(...ys));
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    x,
    y,
    at: (value) => tenth(((value - x[0]) / (x[1] - x[0] || 1)) * size.width),
    up: (value) => tenth(size.height - ((value - y[0]) / (y[1] - y[0])) * size.height),
  };
}

function widened(low: number, high: number): readonly [number, number] {
  const room = 0.05 * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

function axisLines({ xLabel, yLabel }: CurveFigure, scale: Scale): string[] {
  const marks = ([low, high]: readonly [number, number]): number[] => [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low)); // prettier-ignore
  return [
    ...marks(scale.x).map(
      (x) => `<text x="${scale.at(x)}" y="${size.height + 15}" text-anchor="middle">${short(x)}</text>`,
    ),
    ...marks(scale.y).map((y) => `<text x="-6" y="${scale.up(y) + 4}" text-anchor="end">${short(y)}</text>`),
    `<text x="${size.width / 2}" y="${size.height + 34}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text transform="translate(-46 ${size.height / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
  ];
}

function levelLines({ level }: CurveFigure, scale: Scale): string[] {
  if (level === undefined) return [];
  const y = scale.up(level.y);
  return [
    `<path d="M0 ${y}H${size.width}" stroke="#999" stroke-dasharray="4 3"/>`,
    `<text x="${size.width - 4}" y="${y - 4}" text-anchor="end" fill="#666">${escaped(level.label)}</text>`,
  ];
}

function curveLine({ points }: Curve, scale: Scale, colour: string): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${scale.at(x)} ${scale.up(y)}`).join('');
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.2"/>`;
}

function legendLines(curves: readonly Curve[]): string[] {
  const named = curves.filter(({ label }) => label !== '');
  return named.map(({ label }) => {
    const i = curves.findIndex((curve) => curve.label === label);
    return `<text x="8" y="${16 + 14 * named.findIndex((each) => each.label === label)}" fill="${colours[i % colours.length]!}">${escaped(label)}</text>`;
  });
}

/** Four digits, thousands as k. */
function short(value: number): string {
  if (Math.abs(value) >= 10_000) return `${Number((value / 1000).toPrecision(4))}k`;
  return String(Number(value.toPrecision(3)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
