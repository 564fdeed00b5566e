/** A value with every text in it replaced: in arrays and plain objects, however deep. Other objects, such as bytes, stay as they are. */
export async function mapStrings<T>(value: T, replace: (text: string) => Promise<string>): Promise<T> {
  return (await mapUnknown(value, replace)) as T;
}

async function mapUnknown(value: unknown, replace: (text: string) => Promise<string>): Promise<unknown> {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return Promise.all(value.map((each) => mapUnknown(each, replace)));
  if (!isPlain(value)) return value;
  const pairs = Object.entries(value).map(async ([key, each]) => [key, await mapUnknown(each, replace)] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
