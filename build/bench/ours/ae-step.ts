/**
 * One training step of the report's autoencoder (13714-128-32-16-6 and back, batch 256): upload of the batch,
 * gradients, Adam. Usage: ae-step.ts [steps]. Prints the median as JSON, like its peer `peers/ae_step.py`.
 */
import { startEngine } from '../../../main/engine/start-engine.ts';
import { ADAM_DEFAULTS, createParameterStore } from '../../../main/engine/optimiser/parameter-store.ts';
import { Random } from '../../../main/engine/random/random.ts';
import { sharedBuffer } from '../../../main/engine/tensorflow/shared-buffer.ts';
import { autoencoderLoss } from '../../../main/methods/autoencoder/loss.ts';
import { autoencoderParameters, type AutoencoderShape } from '../../../main/methods/autoencoder/network.ts';
import { trainStep } from '../../../main/methods/training/train-step.ts';

const steps = Number(process.argv[2] ?? 30);
const batchSize = 256;
const shape: AutoencoderShape = {
  nVar: 13714,
  hidden: [128, 32, 16],
  decoder: 'mirrored',
  latentSize: 6,
  firstActivation: 'linear',
  latentActivation: 'relu',
};
const engine = await startEngine();
const random = Random.from(0, 'bench');
const store = createParameterStore(engine, autoencoderParameters(shape, random), ADAM_DEFAULTS);
const buffer = random.fillUniform(sharedBuffer(engine, batchSize * shape.nVar), 0, 1);
const rows = Uint32Array.from({ length: batchSize }, (_, i) => i);

const step = (): number => {
  const start = performance.now();
  const x = engine.tf.tensor2d(buffer, [batchSize, shape.nVar]);
  trainStep(
    engine,
    { parameters: {}, loss: (weights, batch) => autoencoderLoss(engine, weights, batch, shape, 0) },
    store,
    { x, rows, training: true, epoch: 1, random },
  );
  x.dispose();
  return performance.now() - start;
};

for (let i = 0; i < 5; i++) step();
const milliseconds = Array.from({ length: steps }, step).sort((a, b) => a - b);
const note = `${engine.backend} ${engine.version}, ${engine.threads} threads, fastest ${milliseconds[0].toFixed(1)} ms`;
console.log(JSON.stringify({ seconds: milliseconds[steps >> 1] / 1000, note }));
