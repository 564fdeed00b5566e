import { writeYaml } from '../yaml/write-yaml.js';
import { toPlainValue } from './plain-value.js';

/**
 * An object as the text of a file: YAML for `.yaml` and `.yml`, else JSON, indented by two. JSON has no NaN and no infinities: they are written
 * as the texts `"NaN"`, `"Infinity"`, `"-Infinity"`, in YAML as well.
 */
export function dictText(path: string, value: object): string {
  const plain = toPlainValue(`log "${path}"`, value);
  return /\.ya?ml$/i.test(path) ? writeYaml(plain) : `${JSON.stringify(plain, null, 2)}\n`;
}
