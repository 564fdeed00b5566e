/** One request of a conversation with a server. */
export interface Step {
  readonly method: string;
  /** Below `/api/2.0/mlflow/`, or absolute. */
  readonly path: string;
  readonly body?: object | string;
  /** Names a value of the answer, by its path: later steps write `$name` for it, and it is shown as that. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** What a server answered, with its own ids and times replaced by names. */
export interface Told {
  readonly step: string;
  readonly status: number;
  readonly answer: unknown;
}

/** Has the conversation with a server. */
export async function converse(url: string, steps: readonly Step[]): Promise<Told[]> {
  const kept = new Map<string, string>();
  const told: Told[] = [];
  for (const step of steps) {
    const response = await fetch(`${url}${fill(pathOf(step), kept)}`, requestOf(step, kept));
    const text = await response.text();
    const answer = parse(text);
    for (const [name, place] of Object.entries(step.keep ?? {})) kept.set(name, String(valueAt(answer, place)));
    told.push({ step: nameOf(step), status: response.status, answer: replaceOwn(answer, kept) });
  }
  return told;
}

function nameOf({ method, path, body }: Step): string {
  const sent = body === undefined ? '' : JSON.stringify(body);
  return `${method} ${path}${method === 'POST' && sent.length < 60 && !sent.startsWith('"') ? ` ${sent}` : ''}`;
}

function pathOf({ path }: Step): string {
  return path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`;
}

function requestOf({ method, body }: Step, kept: ReadonlyMap<string, string>): RequestInit {
  if (body === undefined) return { method };
  if (typeof body === 'string') return { method, body, headers: { 'content-type': 'application/octet-stream' } };
  return { method, body: fill(JSON.stringify(body), kept), headers: { 'content-type': 'application/json' } };
}

function fill(text: string, kept: ReadonlyMap<string, string>): string {
  return text.replace(/\$([a-z]\w*)/g, (whole, name: string) => kept.get(name) ?? whole);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function valueAt(answer: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer);
}

const times = /^(?:creation|last_update)|_timestamp(?:_ms)?$/;

// Ids and times of the server differ; lists of pairs have no order.
function replaceOwn(value: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return [...kept].reduce((text, [name, id]) => (id.length > 8 ? text.replaceAll(id, `$${name}`) : text), value);
  }
  if (Array.isArray(value)) return sorted(value.map((item) => replaceOwn(item, kept)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, times.test(key) ? 'TIME' : replaceOwn(item, kept)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function sorted(items: readonly unknown[]): unknown[] {
  const isPairs = items.every((item) => typeof item === 'object' && item !== null && 'key' in item);
  if (!isPairs) return [...items];
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
