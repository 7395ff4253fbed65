import type { z } from 'zod';
import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import {
  MARKER_COLUMNS,
  type MarkerEffect,
  type MarkerSummary,
} from '../../../main/contract/markers/marker-columns.ts';
import type { GroupSource, markersRequestSchema, markerTableSchema } from '../../../main/contract/entities/markers.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { explore } from '../explore/explore.svelte.ts';
import type { ExploreData } from '../explore/explore-data.ts';
import { rankGenes } from './rank-genes.ts';

/** A table of markers with its genes. */
export interface MarkerTable {
  info: z.infer<typeof markerTableSchema>;
  /** Positions in the dataset. */
  genes: Int32Array;
  names: string[];
  /** [nGenes, MARKER_COLUMNS.length] */
  values: Float32Array;
  /** [nObs of the dataset]: 0 in the group, 1 in those that it was compared with, -1 for the others */
  sides: Int32Array;
}

/** Whom a group is compared with: every other one, all others as one, or one by name. */
export type Against = { kind: 'each' } | { kind: 'rest' } | { kind: 'group'; name: string };

/** The panel of markers: whose markers, against whom, and the table that was found. */
class MarkerSearch {
  isOpen = $state(false);
  /** Null: the selection. */
  group = $state<string | null>(null);
  against = $state.raw<Against>({ kind: 'each' });
  table = $state.raw<MarkerTable | null>(null);
  job = $state<string | null>(null);
  error = $state.raw<PlainError | null>(null);
  summary = $state<MarkerSummary>('mean');
  /** A column of the table, or 'gene'. */
  by = $state<string>('auc_mean');
  ascending = $state(false);
  query = $state('');
  #asked = 0;
  /** The selection as it was when it was asked about. */
  #selection: Uint8Array | null = null;

  readonly progress = $derived(this.job === null ? null : (jobs.get(this.job)?.progress ?? null));
  readonly ranked = $derived(
    this.table === null
      ? new Int32Array(0)
      : rankGenes(this.table.names, this.table.values, this.by, this.ascending, this.query),
  );

  /** Opens the panel for a group of those on the screen; left out: the largest. */
  open(group?: string): void {
    const { groups } = explore;
    if (groups === null) return;
    this.isOpen = true;
    navigation.go('explore');
    this.group = group ?? groups.categories[groups.order[0]?.code ?? 0];
    if (this.against.kind === 'group') this.against = { kind: 'each' };
    void this.find();
  }

  openForSelection(): void {
    if (explore.selected === null) return;
    this.isOpen = true;
    navigation.go('explore');
    this.group = null;
    this.against = { kind: 'rest' };
    void this.find();
  }

  close(): void {
    this.isOpen = false;
    this.#asked++;
    void this.cancel();
  }

  async cancel(): Promise<void> {
    const { job } = this;
    if (job !== null) await core.jobs.cancel({ job }).catch(() => undefined);
  }

  /** Ranks by an effect, summarised as chosen. */
  rankBy(by: string): void {
    if (this.by === by) this.ascending = !this.ascending;
    else {
      this.by = by;
      this.ascending = by === 'gene' || by.endsWith('_rank');
    }
  }

  /** Shows another summary of the effects; the order follows where it is by an effect. */
  summarise(summary: MarkerSummary): void {
    const effect = this.by.split('_')[0] as MarkerEffect;
    if (MARKER_COLUMNS.includes(`${effect}_${summary}`)) {
      this.by = `${effect}_${summary}`;
      this.ascending = summary === 'rank';
    }
    this.summary = summary;
  }

  /** Finds the markers that the panel asks for; what was overtaken by a newer wish is dropped. */
  async find(): Promise<void> {
    const { data, groupSource } = explore;
    const request = this.#request(groupSource);
    if (data === null || request === null) return;
    const asked = ++this.#asked;
    await this.cancel();
    this.error = null;
    try {
      const { job } = await core.markers.find({ project: data.uuid, ...request });
      if (asked !== this.#asked) {
        await core.jobs.cancel({ job });
        return;
      }
      this.job = job;
      jobs.asides.add(job);
      const { tables } = (await jobs.whenOver(job)).result as { tables: z.infer<typeof markerTableSchema>[] };
      const table = await this.#read(data, tables[0]);
      if (asked !== this.#asked) return;
      this.table = table;
      this.query = '';
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const over = (thrown as { job?: { state?: string; error?: PlainError | null } }).job;
      this.table = null;
      this.error =
        over?.state === 'cancelled'
          ? { code: 'cancelled', what: 'Finding markers was cancelled.', remedy: '' }
          : (over?.error ?? plainError(thrown));
    } finally {
      if (asked === this.#asked) this.job = null;
    }
  }

  #request(source: GroupSource | null): z.input<typeof markersRequestSchema> | null {
    const { data, selected } = explore;
    if (data === null) return null;
    const { against } = this;
    if (this.group === null) {
      if (selected === null) return null;
      this.#selection = selected;
      const obs: number[] = [];
      selected.forEach((one, position) => one === 1 && obs.push(position));
      return {
        datasetId: data.dataset,
        groups: { kind: 'selection', obs },
        against: against.kind === 'group' && source !== null ? { ...against, of: source } : { kind: 'rest' },
      };
    }
    return source === null ? null : { datasetId: data.dataset, groups: source, group: this.group, against };
  }

  async #read(data: ExploreData, info: z.infer<typeof markerTableSchema>): Promise<MarkerTable> {
    const sides = this.#sides(data.nObs);
    const [values, genes, names] = await Promise.all([
      fetchArray(bulkRoutes.markers(data.uuid, info.id)),
      fetchArray<Int32Array>(bulkRoutes.markerGenes(data.uuid, info.id)),
      data.geneNames(),
    ]);
    return {
      info,
      values: values.values,
      genes: genes.values,
      names: Array.from(genes.values, (gene) => names[gene]),
      sides,
    };
  }

  /** Who was compared, for the charts. */
  #sides(nObs: number): Int32Array {
    const { groups } = explore;
    const { against } = this;
    const other = against.kind === 'group' ? (groups?.categories.indexOf(against.name) ?? -1) : -1;
    const own = this.group === null ? -1 : (groups?.categories.indexOf(this.group) ?? -1);
    const selection = this.#selection;
    return Int32Array.from({ length: nObs }, (_, i) => {
      const code = groups?.codes[i] ?? -1;
      if (this.group === null ? selection?.[i] === 1 : code === own) return 0;
      if (against.kind === 'group') return code === other ? 1 : -1;
      return this.group === null || code >= 0 ? 1 : -1;
    });
  }
}

export const markerSearch = new MarkerSearch();
