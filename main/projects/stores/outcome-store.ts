import { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { DenoisedModel, DenseOutput, LearnedField } from '../../methods/method.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { parseStored } from '../file/stored-json.ts';
import type { HeldOut, RunOutcome } from '../project.types.ts';
import { ArrayStore } from './array-store.ts';

const denoisedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('factored'), link: z.enum(['identity', 'relu', 'softplus', 'exp']) }),
  z.object({ kind: z.literal('neighbours'), k: z.int() }),
]);

const fieldSchema = z.object({ kind: z.string(), obsm: z.string(), config: z.record(z.string(), z.unknown()) });

const extra = 'extra: ';
const fieldArray = 'field: ';
const HELD_OUT_OBS = 'held-out obs';
const MUTED_ENTRIES = 'muted entries';

/** What a finished run made: latent, denoised model, further outputs, positions. */
export class OutcomeStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  /** Call inside a transaction. What was made from an earlier outcome of the run goes with it. */
  put(runId: number, outcome: RunOutcome): void {
    const db = this.#database;
    const owner = { kind: 'run', id: runId } as const;
    checkShapes(outcome);
    const before = db.get<{ denoised: string | null }>('SELECT denoised FROM runs WHERE id = ?', [runId]);
    if (before?.denoised != null)
      for (const table of ['embeddings', 'clusterings', 'scores'])
        db.run(`DELETE FROM ${table} WHERE run_id = ?`, [runId]);
    db.run('DELETE FROM arrays WHERE run_id = ?', [runId]);

    this.#arrays.put(owner, 'obs index', outcome.obsIndex);
    this.#arrays.put(owner, 'var index', outcome.varIndex);
    if (outcome.latent !== null) this.#arrays.put(owner, 'latent', outcome.latent.values, outcome.latent.nDim);
    for (const [name, output] of Object.entries(outcome.extras))
      this.#arrays.put(owner, extra + name, output.values, output.nDim);
    const { denoised } = outcome;
    if (denoised.kind === 'factored') {
      this.#arrays.put(owner, 'denoised hidden', denoised.hidden.values, denoised.hidden.nDim);
      this.#arrays.put(owner, 'denoised weights', denoised.weights);
      this.#arrays.put(owner, 'denoised bias', denoised.bias);
    } else {
      this.#arrays.put(owner, 'denoised neighbours', denoised.indices, denoised.k);
    }
    const words =
      denoised.kind === 'factored'
        ? { kind: denoised.kind, link: denoised.link }
        : { kind: denoised.kind, k: denoised.k };
    if (outcome.heldOut?.obs) this.#arrays.put(owner, HELD_OUT_OBS, outcome.heldOut.obs);
    if (outcome.heldOut?.entries) this.#arrays.put(owner, MUTED_ENTRIES, outcome.heldOut.entries);
    const field = outcome.field ?? null;
    for (const [name, values] of Object.entries(field?.arrays ?? {}))
      this.#arrays.put(owner, fieldArray + name, values);
    db.run('UPDATE runs SET denoised = ?, field = ? WHERE id = ?', [
      JSON.stringify(words),
      field && JSON.stringify({ kind: field.kind, obsm: field.obsm, config: field.config }),
      runId,
    ]);
  }

  latent(runId: number): DenseOutput | null {
    const found = this.#arrays.get({ kind: 'run', id: runId }, 'latent');
    return found === null ? null : { nDim: found.nDim, values: found.array as Float32Array };
  }

  /** @throws LacunaError `not-found` while the run has no outcome */
  denoised(runId: number): DenoisedModel {
    return this.#database.snapshot(() => {
      const row = this.#database.get<{ denoised: string | null }>('SELECT denoised FROM runs WHERE id = ?', [runId]);
      if (row?.denoised == null) throw unfinished(runId);
      const words = parseStored(
        denoisedSchema,
        row.denoised,
        this.#database.path,
        `The denoised model of run ${runId}`,
      );
      const array = (name: string): { array: unknown; nDim: number } =>
        this.#arrays.require({ kind: 'run', id: runId }, name);
      if (words.kind === 'neighbours') return { ...words, indices: array('denoised neighbours').array as Uint32Array };
      const hidden = array('denoised hidden');
      return {
        ...words,
        hidden: { nDim: hidden.nDim, values: hidden.array as Float32Array },
        weights: array('denoised weights').array as Float32Array,
        bias: array('denoised bias').array as Float32Array,
      };
    });
  }

  extras(runId: number): Record<string, DenseOutput> {
    const owner = { kind: 'run', id: runId } as const;
    const extras: Record<string, DenseOutput> = {};
    for (const name of this.extraNames(runId)) {
      const { array, nDim } = this.#arrays.require(owner, extra + name);
      extras[name] = { nDim, values: array as Float32Array };
    }
    return extras;
  }

  extraNames(runId: number): string[] {
    const names = this.#arrays.names({ kind: 'run', id: runId });
    return names.filter((name) => name.startsWith(extra)).map((name) => name.slice(extra.length));
  }

  field(runId: number): LearnedField | null {
    return this.#database.snapshot(() => {
      const row = this.#database.get<{ field: string | null }>('SELECT field FROM runs WHERE id = ?', [runId]);
      if (row?.field == null) return null;
      const owner = { kind: 'run', id: runId } as const;
      const arrays: Record<string, Float32Array> = {};
      for (const name of this.#arrays.names(owner))
        if (name.startsWith(fieldArray))
          arrays[name.slice(fieldArray.length)] = this.#arrays.require(owner, name).array as Float32Array;
      const words = parseStored(fieldSchema, row.field, this.#database.path, `The field of run ${runId}`);
      return { ...words, arrays };
    });
  }

  finer(runId: number, gene: number, factor: number): DenseOutput | null {
    const found = this.#arrays.get({ kind: 'run', id: runId }, finerName(gene, factor));
    return found === null ? null : { nDim: found.nDim, values: found.array as Float32Array };
  }

  putFiner(runId: number, gene: number, factor: number, { nDim, values }: DenseOutput): void {
    this.#arrays.put({ kind: 'run', id: runId }, finerName(gene, factor), values, nDim);
  }

  heldOut(runId: number): HeldOut | null {
    const owner = { kind: 'run', id: runId } as const;
    const bytes = (name: string) => (this.#arrays.get(owner, name)?.array as Uint8Array | undefined) ?? null;
    const [obs, entries] = [bytes(HELD_OUT_OBS), bytes(MUTED_ENTRIES)];
    return obs || entries ? { obs, entries } : null;
  }

  /** @throws LacunaError `not-found` while the run has no outcome */
  axes(runId: number): { obsIndex: Uint32Array; varIndex: Uint32Array } {
    const owner = { kind: 'run', id: runId } as const;
    if (this.#arrays.get(owner, 'obs index') === null) throw unfinished(runId);
    return {
      obsIndex: this.#arrays.require(owner, 'obs index').array as Uint32Array,
      varIndex: this.#arrays.require(owner, 'var index').array as Uint32Array,
    };
  }
}

function finerName(gene: number, factor: number): string {
  return `finer: gene ${gene}, factor ${factor}`;
}

function unfinished(runId: number): LacunaError {
  return new LacunaError('not-found', `Run ${runId} has no result yet.`, 'Wait until it is done, or resume it.', {
    runId,
  });
}

/** Shapes that do not fit would be found by whoever reads them, far from the cause. */
function checkShapes({ latent, denoised, obsIndex, varIndex }: RunOutcome): void {
  const nObs = obsIndex.length;
  const nVar = varIndex.length;
  const wrong = (what: string): LacunaError =>
    new LacunaError(
      'internal',
      `The result of the run does not fit together: ${what} for ${nObs} observations and ${nVar} variables.`,
      'This is a fault of the method. Please report it.',
    );
  if (latent !== null && latent.values.length !== nObs * latent.nDim)
    throw wrong(`${latent.values.length} latent values of ${latent.nDim} dimensions`);
  if (denoised.kind === 'neighbours') {
    if (denoised.indices.length !== nObs * denoised.k)
      throw wrong(`${denoised.indices.length} neighbours, ${denoised.k} each`);
    return;
  }
  const { hidden, weights, bias } = denoised;
  if (hidden.values.length !== nObs * hidden.nDim || weights.length !== hidden.nDim * nVar || bias.length !== nVar) {
    throw wrong(
      `${hidden.values.length} activations of ${hidden.nDim} units, ${weights.length} weights, ${bias.length} biases`,
    );
  }
}
