import { z } from 'zod';
import { recipeSchema } from '../../preprocess/recipe.ts';
import type { EpochRecord } from '../../methods/method.ts';
import { jsonObject, numberRecord, parseStored } from '../file/stored-json.ts';
import type { RunInfo, RunState } from '../project.types.ts';

/** A line of the table `runs`, with `has_latent` beside it. */
export interface RunRow {
  id: number;
  dataset_id: number;
  name: string;
  method: string;
  preset: string;
  parameters: string;
  recipe: string;
  seed: number;
  protocol: string;
  state: RunState;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  wall_seconds: number;
  device: string;
  versions: string;
  summary: string;
  error: string | null;
  n_obs: number | null;
  n_var: number | null;
  has_latent: number;
  field: string | null;
}

const versionsSchema = z.record(z.string(), z.string());
const errorSchema = z.object({ code: z.string(), what: z.string(), remedy: z.string() });

/** @throws LacunaError `project-damaged` when a JSON field is not what it must be */
export function runInfo(row: RunRow, path: string): RunInfo {
  const parse = <T>(schema: z.ZodType<T>, text: string, field: string): T =>
    parseStored(schema, text, path, `The ${field} of run ${row.id}`);
  return {
    id: row.id,
    datasetId: row.dataset_id,
    name: row.name,
    method: row.method,
    preset: row.preset,
    parameters: parse(jsonObject, row.parameters, 'parameters'),
    recipe: parse(recipeSchema, row.recipe, 'recipe'),
    seed: row.seed,
    protocol: parse(jsonObject, row.protocol, 'protocol'),
    state: row.state,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    wallSeconds: row.wall_seconds,
    device: row.device,
    versions: parse(versionsSchema, row.versions, 'versions'),
    summary: parse(numberRecord, row.summary, 'summary'),
    error: row.error === null ? null : parse(errorSchema, row.error, 'error'),
    nObs: row.n_obs,
    nVar: row.n_var,
    hasLatent: row.has_latent === 1,
    hasField: row.field !== null,
  };
}

/** A line of the table `epochs`. */
export interface EpochRow {
  epoch: number;
  train: string;
  held_out: string | null;
  obs_per_second: number | null;
}

export function epochRecord(row: EpochRow, runId: number, path: string): EpochRecord {
  const where = `Epoch ${row.epoch} of run ${runId}`;
  return {
    epoch: row.epoch,
    train: parseStored(numberRecord, row.train, path, where),
    heldOut: row.held_out === null ? null : parseStored(numberRecord, row.held_out, path, where),
    obsPerSecond: row.obs_per_second ?? NaN,
  };
}
