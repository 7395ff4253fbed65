/** Starts a Node process that loads the tensor engine and multiplies once; prints the seconds from start to answer. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('../../../main/engine/start-engine.ts', import.meta.url));
const program = `
  const { startEngine } = await import(${JSON.stringify(engine)});
  const engine = await startEngine();
  const { tf } = engine;
  const product = tf.matMul(tf.ones([256, 256]), tf.ones([256, 256]));
  if (product.dataSync()[0] !== 256) throw new Error('wrong product');
  console.log(engine.backend + ' ' + engine.version);
`;
const begin = performance.now();
const result = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
const seconds = (performance.now() - begin) / 1000;
if (result.status !== 0) throw new Error(result.stderr);
console.log(JSON.stringify({ seconds, note: result.stdout.trim() }));
