import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradients of the operations networks are made of, each as TensorFlow.js defines it. They are here because Node cannot load
 * `@tensorflow/tfjs-core/dist/register_all_gradients.js`: it is an ES module whose imports lack their file extensions, and the
 * package's main file registers none. An operation that is not here throws as soon as it is differentiated.
 */
export const operationGradients: readonly tf.GradConfig[] = [
  binary('Add', { a: (dy) => dy, b: (dy) => dy }),
  binary('Sub', { a: (dy) => dy, b: (dy) => tf.neg(dy) }),
  binary('Multiply', { a: (dy, _a, b) => tf.mul(dy, b), b: (dy, a) => tf.mul(dy, a) }),
  binary('RealDiv', {
    a: (dy, _a, b) => tf.div(dy, b),
    b: (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  }),
  binary('Maximum', {
    a: (dy, a, b) => tf.mul(dy, tf.cast(tf.greaterEqual(a, b), 'float32')),
    b: (dy, a, b) => tf.mul(dy, tf.cast(tf.less(a, b), 'float32')),
  }),
  unary('Identity', (dy) => dy),
  unary('Neg', (dy) => tf.neg(dy)),
  unary('Square', (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  unary('Relu', (dy, x) => tf.mul(dy, tf.step(x))),
  unary('Reshape', (dy, x) => tf.reshape(dy, x.shape)),
  unary('PadV2', (dy, x, { paddings }) =>
    tf.slice(
      dy,
      (paddings as [number, number][]).map(([before]) => before),
      x.shape,
    ),
  ),
  unary('Sum', (dy, x, { axis }) => spread(dy, x.shape, axis as number[])),
  unary('Mean', (dy, x, { axis }) => tf.mul(spread(dy, x.shape, axis as number[]), dy.size / x.size)),
  unary('Slice', (dy, x, { begin }) => {
    const from = begin as number[];
    return tf.pad(dy, from.map((start, k) => [start, x.shape[k]! - start - dy.shape[k]!] as [number, number])); // prettier-ignore
  }),
  ofOutput('Sqrt', 'x', (dy, y) => tf.div(dy, tf.mul(y, 2))),
  ofOutput('Sigmoid', 'x', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  ofOutput('Tanh', 'x', (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  ofOutput('Softmax', 'logits', (dy, y) => {
    const product = tf.mul(dy, y);
    return tf.sub(product, tf.mul(tf.sum(product, -1, true), y));
  }),
  {
    kernelName: 'Transpose',
    gradFunc: (dy, _saved, { perm }) => ({
      x: () => tf.transpose(dy as tf.Tensor, inverse(perm as number[])),
    }),
  },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved, { axis }) => {
      const sizes = saved.map(({ shape }) => shape[axis as number]!);
      const parts = tf.split(dy as tf.Tensor, sizes, axis as number);
      return Object.fromEntries(parts.map((part, index) => [index, () => part]));
    },
  },
  {
    kernelName: 'SplitV',
    gradFunc: (dy, _saved, { axis }) => ({ x: () => tf.concat(dy as tf.Tensor[], axis as number) }),
  },
  {
    kernelName: 'Pack',
    saveAllInputs: true,
    gradFunc: (dy, _saved, { axis }) => {
      const parts = tf.unstack(dy as tf.Tensor, axis as number);
      return Object.fromEntries(parts.map((part, index) => [index, () => part]));
    },
  },
  {
    kernelName: 'Unpack',
    gradFunc: (dy, _saved, { axis }) => ({ value: () => tf.stack(dy as tf.Tensor[], axis as number) }),
  },
  {
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attributes) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const { transposeA, transposeB } = attributes as unknown as Record<'transposeA' | 'transposeB', boolean>;
      const y = dy as tf.Tensor;
      return {
        a: () => (transposeA ? tf.matMul(b, y, transposeB, true) : tf.matMul(y, b, false, !transposeB)),
        b: () => (transposeB ? tf.matMul(y, a, true, transposeA) : tf.matMul(a, y, !transposeA, false)),
      };
    },
  },
];

/** Makes the operations of networks differentiable, once. */
export function registerGradients(): void {
  for (const gradient of operationGradients) {
    if ((tf.getGradient(gradient.kernelName) as tf.GradConfig | undefined) === undefined) tf.registerGradient(gradient);
  }
}

type UnarySlope = (dy: tf.Tensor, x: tf.Tensor, attributes: tf.NamedAttrMap) => tf.Tensor;
type BinarySlope = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

function unary(kernelName: string, slope: UnarySlope): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => ({ x: () => slope(dy as tf.Tensor, saved[0]!, attributes) }),
  };
}

/** For functions whose slope is cheaper from their value than from their argument. */
function ofOutput(kernelName: string, input: string, slope: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor): tf.GradConfig {
  return {
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ [input]: () => slope(dy as tf.Tensor, saved[0]!) }),
  };
}

/** An operation on two tensors, one of which may have been repeated to the shape of the other. */
function binary(kernelName: string, slopes: { readonly a: BinarySlope; readonly b: BinarySlope }): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      return {
        a: () => summedTo(a.shape, slopes.a(dy as tf.Tensor, a, b)),
        b: () => summedTo(b.shape, slopes.b(dy as tf.Tensor, a, b)),
      };
    },
  };
}

/** Sums over the axes along which a tensor of `shape` was repeated. */
function summedTo(shape: readonly number[], gradient: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes([...shape], gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, [...shape]);
}

/** Repeats what was summed over `axis` to the shape it had before. */
function spread(dy: tf.Tensor, shape: readonly number[], axis: number | number[] | null): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis as number[], [...shape]);
  const kept = shape.map((size, k) => (axes.includes(k) ? 1 : size));
  return tf.mul(tf.reshape(dy, kept), tf.ones([...shape]));
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}
