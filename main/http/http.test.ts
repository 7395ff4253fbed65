import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { getEventMeta } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulkRoutes } from '../contract/bulk-routes.ts';
import type { LacunaContract } from '../contract/contract.ts';
import { LacunaCore } from '../core/lacuna-core.ts';
import { SettingsStore } from '../core/settings/settings-store.ts';
import { writeTenxH5 } from '../export/tenx-h5/write-tenx-h5.ts';
import { RecentProjects } from '../projects/recent-projects.ts';
import { madeMatrix, madeSource } from '../projects/testing/made-source.ts';
import { startBrowserHost, type BrowserHost } from './browser-host/browser-host.ts';
import { createHandler } from './handler.ts';

/** The whole service as another program uses it: over HTTP, with the real worker process and a real project file. */
let folder: string;
let core: LacunaCore;
let host: BrowserHost;
let client: ContractRouterClient<LacunaContract>;
let uuid: string;

const [nObs, nVar] = [90, 120];
const matrix = madeMatrix(nObs, nVar, 0.3, 5);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-http-'));
  core = new LacunaCore();
  host = await startBrowserHost(
    createHandler({
      core,
      recent: new RecentProjects(join(folder, 'home')),
      settings: new SettingsStore(join(folder, 'home')),
      rendererFolder: null,
    }),
  );
  client = createORPCClient(
    new RPCLink({ url: `${host.origin}/rpc`, headers: { authorization: `Bearer ${host.token}` } }),
  );

  const source = madeSource(matrix);
  await writeTenxH5(join(folder, 'made.h5'), {
    ...source,
    matrices: source.matrices.map((stored) => ({ ...stored, storage: 'sparse' as const })),
  });
  const lines = source.obs.names.map((name, i) => `${name},${i % 3 === 0 ? 'B' : 'T'}`);
  writeFileSync(join(folder, 'labels.csv'), `barcode,cell_type\n${lines.join('\n')}\n`);
});

afterAll(async () => {
  await host.close();
  await core.close();
  rmSync(folder, { recursive: true });
});

/** Follows the event stream until the job is over. */
async function whenOver(job: string): Promise<{ state: string; result: unknown; error: { what: string } | null }> {
  for await (const event of await client.jobs.events()) {
    if (event.job.id === job && ['done', 'failed', 'cancelled'].includes(event.job.state)) return event.job;
  }
  throw new Error('the stream ended before the job');
}

async function bulk(path: string): Promise<{ shape: number[]; dtype: string | null; bytes: ArrayBuffer }> {
  const response = await fetch(host.origin + path, { headers: { authorization: `Bearer ${host.token}` } });
  expect(response.status, await response.clone().text()).toBe(200);
  return {
    shape: (response.headers.get('x-lacuna-shape') ?? '').split(',').map(Number),
    dtype: response.headers.get('x-lacuna-dtype'),
    bytes: await response.arrayBuffer(),
  };
}

describe('the service over HTTP', () => {
  it('creates a project, looks into a file and imports it with labels', async () => {
    const info = await client.projects.create({ path: join(folder, 'p.lacuna'), title: 'Pilot' });
    uuid = info.uuid;
    expect((await client.projects.recent())[0]).toMatchObject({ title: 'Pilot', exists: true });

    const found = await client.imports.inspect({ path: join(folder, 'made.h5') });
    expect(found).toMatchObject({ format: '10x-h5', nObs, nVar, valueKind: 'counts' });
    expect(await client.datasets.list({ project: uuid })).toEqual([]);

    const { job } = await client.imports.start({
      project: uuid,
      path: join(folder, 'made.h5'),
      labels: join(folder, 'labels.csv'),
    });
    expect(await whenOver(job)).toMatchObject({ state: 'done', error: null });
    const [dataset] = await client.datasets.list({ project: uuid });
    expect(dataset).toMatchObject({ nObs, nVar });
    const columns = await client.datasets.columns({ project: uuid, dataset: dataset.id });
    expect(columns.find((column) => column.name === 'cell_type')).toMatchObject({
      categories: ['B', 'T'],
      categoryCounts: [30, 60],
    });
  });

  it('answers a mistake with plain words and the right status', async () => {
    const error = await client.imports.inspect({ path: join(folder, 'no-such.h5') }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({
      code: 'LACUNA',
      status: 404,
      data: { code: 'not-found', what: expect.stringContaining('no-such.h5') },
    });
    await expect(client.projects.info({ project: 'not-open' })).rejects.toMatchObject({ status: 404 });
  });

  it('refuses input that the contract does not allow', async () => {
    const response = await fetch(`${host.origin}/rpc/datasets/list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ json: { project: 7 } }),
    });
    expect(response.status).toBe(400);
  });

  it('tells quality, keeps a filter and takes it back', async () => {
    const [{ id: dataset }] = await client.datasets.list({ project: uuid });
    const quality = await client.datasets.quality({ project: uuid, dataset });
    expect(quality.obs[0]).toMatchObject({ key: 'counts' });
    expect(quality.obs[0].histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(nObs);
    const { recipe } = await client.datasets.recipe({ project: uuid, dataset });
    const filter = { ...recipe.filter, var: { ...recipe.filter.var, minCells: 25 } };
    const kept = await client.datasets.keeps({ project: uuid, dataset, filter });
    expect(kept.var.kept).toBeLessThan(nVar);
    await client.datasets.putRecipe({ project: uuid, dataset, recipe: { ...recipe, filter } });
    expect((await client.datasets.undoRecipe({ project: uuid, dataset })).recipe).toEqual(recipe);
  });

  it('trains, pictures, scores and hands out arrays as bytes', async () => {
    const [{ id: dataset }] = await client.datasets.list({ project: uuid });
    const [{ run, job }] = await client.runs.start({
      project: uuid,
      dataset,
      method: 'pca',
      parameters: { nComponents: 5 },
      seeds: [3],
    });
    expect(await whenOver(job)).toMatchObject({ state: 'done', error: null });
    expect(await client.runs.get({ project: uuid, run })).toMatchObject({ state: 'done', seed: 3, hasLatent: true });

    const embedding = await client.analysis.embed({ project: uuid, runId: run, method: 'pca' });
    expect(await whenOver(embedding.job)).toMatchObject({ state: 'done' });
    const [picture] = await client.analysis.embeddings({ project: uuid, run });
    const coordinates = await bulk(bulkRoutes.embedding(uuid, picture.id));
    expect(coordinates).toMatchObject({ shape: [nObs, 2], dtype: 'float32' });
    expect(coordinates.bytes.byteLength).toBe(nObs * 2 * 4);

    const scored = await client.analysis.score({ project: uuid, runIds: [run], spaces: ['latent'] });
    expect(await whenOver(scored.job)).toMatchObject({ state: 'done' });
    const metrics = (await client.analysis.scores({ project: uuid })).map((row) => row.metric);
    expect(metrics).toEqual(expect.arrayContaining(['ari', 'nmi', 'silhouette']));

    const codes = await bulk(bulkRoutes.obsColumn(uuid, dataset, 'cell_type'));
    expect(codes).toMatchObject({ shape: [nObs], dtype: 'int32' });

    const raw = new Float32Array((await bulk(bulkRoutes.gene(uuid, dataset, 4))).bytes);
    const scales = ['model', 'log', 'counts'] as const;
    const [model, log, counts] = await Promise.all(
      scales.map(async (scale) => new Float32Array((await bulk(bulkRoutes.denoisedGene(uuid, run, 4, scale))).bytes)),
    );
    // PCA keeps the mean of every gene exactly; here that of log(1 + counts per 10,000).
    const librarySize = (obs: number) =>
      matrix.values.subarray(matrix.indptr[obs], matrix.indptr[obs + 1]).reduce((a, b) => a + b, 0);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    const expected = mean(raw.map((count, obs) => Math.log1p((count / librarySize(obs)) * 1e4)));
    expect(mean(model)).toBeCloseTo(expected, 4);
    log.forEach((value, obs) => {
      expect(value).toBeCloseTo(Math.max(model[obs], 0), 5);
      expect(counts[obs]).toBeCloseTo((Math.expm1(value) / 1e4) * librarySize(obs), 3);
    });
  });

  it('joins the event stream again where it was left', async () => {
    const seen: number[] = [];
    let lastEventId: string | undefined;
    for await (const event of await client.jobs.events()) {
      seen.push(event.id);
      lastEventId = getEventMeta(event)?.id;
      break;
    }
    const again = await client.jobs.events(undefined, { lastEventId });
    for await (const event of again) {
      expect(event.id).toBeGreaterThan(seen[0]);
      break;
    }
  });

  it('cancels through a procedure, and a cancelled run can go on', async () => {
    const [{ id: dataset }] = await client.datasets.list({ project: uuid });
    const [{ run, job }] = await client.runs.start({
      project: uuid,
      dataset,
      method: 'ae',
      parameters: { epochs: 5000, patience: 0 },
      seeds: [1],
    });
    for await (const event of await client.jobs.events()) {
      if (event.job.id === job && (event.job.progress?.detail?.epoch as number) > 2) break;
    }
    await client.jobs.cancel({ job });
    expect((await whenOver(job)).state).toBe('cancelled');
    expect((await client.runs.get({ project: uuid, run })).state).toBe('cancelled');
    const resumed = await client.runs.resume({ project: uuid, run });
    await client.jobs.cancel({ job: resumed.job });
    expect((await whenOver(resumed.job)).state).toBe('cancelled');
  });

  it('serves a landing page under a strict policy and nothing at unknown places', async () => {
    const headers = { authorization: `Bearer ${host.token}` };
    const page = await fetch(`${host.origin}/`, { headers });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${host.origin}/etc/passwd`, { headers })).status).toBe(404);
  });

  it('closes the project to a single file', async () => {
    await client.projects.close({ project: uuid });
    await expect(client.projects.info({ project: uuid })).rejects.toMatchObject({ status: 404 });
  });
});
