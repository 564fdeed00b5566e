import { join } from 'node:path';

/** Where everything is. */
export interface Places {
  /** The repository. */
  readonly root: string;
  /** What belongs to this tool: pinned versions, the stand-in for `@tensorflow/tfjs`. */
  readonly tool: string;
  /** What the tool makes; outside `node_modules`, so that `npm ci` leaves it alone. */
  readonly home: string;
  /** TensorFlow's library and headers, unpacked. */
  readonly tensorflow: string;
  /** The package tfjs-node with the binding that is built into it. */
  readonly tfjsNode: string;
  readonly binding: string;
  /** By this link the libraries of the repository find the package. */
  readonly link: string;
}

/** The places of a repository. */
export function placesIn(root: string): Places {
  const home = join(root, '.native');
  const tfjsNode = join(home, 'node_modules/@tensorflow/tfjs-node');
  return {
    root,
    tool: join(root, 'tools/native'),
    home,
    tensorflow: join(home, 'tensorflow'),
    tfjsNode,
    binding: join(tfjsNode, 'lib/napi-v8/tfjs_binding.node'),
    link: join(root, 'node_modules/@tensorflow/tfjs-node'),
  };
}
