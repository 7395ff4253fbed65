import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { boolAttribute, floatType, rawBackend, shapeAttribute, stringAttribute } from '../tensorflow/raw-ops.ts';
import { correctedStep } from './corrected-step.ts';
import type { OptimiserSettings, ParameterSpec, ParameterStore, Weights } from './parameter-store.ts';

let created = 0;

/**
 * Weights and moments as TensorFlow resource variables, updated in place by the fused `ResourceApplyAdam` or `ResourceApplyRMSProp`: one pass
 * over memory where plain operations need about twelve.
 *
 * The operation's own bias correction is `lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ)` in float32 and leaves ε uncorrected. Both
 * corrections are computed here in double precision and handed in (with both powers zero the operation's own are 1).
 *
 * @returns null on a backend without raw operations
 */
export function createResourceStore(
  engine: Engine,
  specs: Record<string, ParameterSpec>,
  settings: OptimiserSettings,
): ParameterStore | null {
  const backend = rawBackend(engine);
  if (!backend) return null;
  const { tf } = engine;
  const names = Object.keys(specs);
  const dtype = floatType(backend, 'dtype');

  const assignTo = (variable: Tensor, name: string, values: Float32Array): void => {
    // The copy belongs to the variable from here on: TensorFlow shares the memory of an aligned array.
    const tensor = tf.tensor(values.slice(), [...specs[name].shape], 'float32');
    const owned = tf.add(tensor, 0);
    backend.executeMultipleOutputs('AssignVariableOp', [dtype], [variable, owned], 0);
    tensor.dispose();
    owned.dispose();
  };
  const createVariable = (name: string, initial: Float32Array): Tensor => {
    const variable = tf.keep(
      backend.executeSingleOutput(
        'VarHandleOp',
        [
          dtype,
          shapeAttribute(backend, 'shape', specs[name].shape),
          stringAttribute(backend, 'shared_name', `lacuna-${created++}-${name}`),
          stringAttribute(backend, 'container', ''),
        ],
        [],
      ),
    );
    assignTo(variable, name, initial);
    return variable;
  };
  const readFrom = (variable: Tensor): Tensor => backend.executeSingleOutput('ReadVariableOp', [dtype], [variable]);

  const weights: Weights = {};
  const moment1: Weights = {};
  const moment2: Weights = {};
  for (const name of names) {
    weights[name] = createVariable(name, specs[name].initial);
    moment1[name] = createVariable(name, new Float32Array(specs[name].initial.length));
    moment2[name] = createVariable(name, new Float32Array(specs[name].initial.length));
  }
  const scalar = (value: number): Tensor => tf.scalar(value, 'float32');
  const noPower = tf.keep(scalar(0));
  const rmsprop = 'rho' in settings;
  const beta1 = tf.keep(scalar(rmsprop ? settings.rho : settings.beta1));
  const beta2 = tf.keep(scalar(rmsprop ? 0 : settings.beta2));
  const attributes = [
    floatType(backend),
    boolAttribute(backend, 'use_locking', false),
    boolAttribute(backend, 'use_nesterov', false),
  ];
  let steps = 0;

  const copyOf = (variable: Tensor): Float32Array => {
    const tensor = readFrom(variable);
    const values = Float32Array.from(tensor.dataSync());
    tensor.dispose();
    return values;
  };
  const copies = (group: Weights, prefix = ''): Record<string, Float32Array> =>
    Object.fromEntries(names.map((name) => [prefix + name, copyOf(group[name])]));

  return {
    names,
    get steps() {
      return steps;
    },
    read: () => Object.fromEntries(names.map((name) => [name, readFrom(weights[name])])),
    step(gradients, learningRate = settings.learningRate) {
      steps++;
      if (rmsprop) {
        const rate = scalar(learningRate);
        const epsilon = scalar(settings.epsilon ** 2);
        for (const name of names) {
          const inputs = [weights[name], moment2[name], moment1[name], rate, beta1, noPower, epsilon, gradients[name]];
          backend.executeMultipleOutputs('ResourceApplyRMSProp', attributes.slice(0, 2), inputs, 0);
        }
        rate.dispose();
        epsilon.dispose();
        return;
      }
      const corrected = correctedStep(settings, steps, learningRate);
      const decay = settings.weightDecay > 0 ? scalar(learningRate * settings.weightDecay) : null;
      const rate = scalar(corrected.rate);
      const epsilon = scalar(corrected.epsilon);
      for (const name of names) {
        if (decay && specs[name].shape.length > 1) {
          const current = readFrom(weights[name]);
          const shrink = tf.mul(current, decay);
          current.dispose();
          backend.executeMultipleOutputs('AssignSubVariableOp', [dtype], [weights[name], shrink], 0);
          shrink.dispose();
        }
        const inputs = [
          weights[name],
          moment1[name],
          moment2[name],
          noPower,
          noPower,
          rate,
          beta1,
          beta2,
          epsilon,
          gradients[name],
        ];
        backend.executeMultipleOutputs('ResourceApplyAdam', attributes, inputs, 0);
      }
      rate.dispose();
      epsilon.dispose();
      decay?.dispose();
    },
    weights: () => copies(weights),
    assign(values) {
      for (const name of names) assignTo(weights[name], name, values[name]);
    },
    snapshot: () => ({
      ...copies(weights, 'weights/'),
      ...copies(moment1, 'moment1/'),
      ...copies(moment2, 'moment2/'),
    }),
    restore(arrays, atStep) {
      for (const name of names) {
        assignTo(weights[name], name, arrays[`weights/${name}`]);
        assignTo(moment1[name], name, arrays[`moment1/${name}`]);
        assignTo(moment2[name], name, arrays[`moment2/${name}`]);
      }
      steps = atStep;
    },
    dispose() {
      for (const group of [weights, moment1, moment2]) {
        for (const name of names) {
          backend.executeMultipleOutputs(
            'DestroyResourceOp',
            [boolAttribute(backend, 'ignore_lookup_error', true)],
            [group[name]],
            0,
          );
          group[name].dispose();
        }
      }
      for (const tensor of [noPower, beta1, beta2]) tensor.dispose();
    },
  };
}
