import { basename } from 'node:path';
import type { JobSpec } from '../job-spec.ts';

/** What a job is called where nobody gave it a name. */
export function jobTitle(spec: JobSpec): string {
  switch (spec.kind) {
    case 'import':
      return `Importing ${spec.paths.map((path) => basename(path)).join(', ')}`;
    case 'train':
      return `Training run ${spec.runId}`;
    case 'embed':
      return `${EMBEDDINGS[spec.method]} of ${spec.runId === null ? `dataset ${spec.datasetId}` : `run ${spec.runId}`}`;
    case 'cluster':
      return `Clustering run ${spec.runId}`;
    case 'score':
      return `Scoring ${spec.runIds.length === 1 ? `run ${spec.runIds[0]}` : `${spec.runIds.length} runs`}`;
    case 'evaluate':
      return `Scoring the reconstruction of ${spec.runIds.length === 1 ? `run ${spec.runIds[0]}` : `${spec.runIds.length} runs`}`;
    case 'batches':
      return `Batch mixing of ${spec.runIds.length === 1 ? `run ${spec.runIds[0]}` : `${spec.runIds.length} runs`} by ${spec.batch}`;
    case 'super-resolve':
      return `Predicting between the spots of run ${spec.runId}`;
    case 'markers':
      return `Finding markers${spec.groups.kind === 'selection' ? ` of ${spec.groups.name}` : spec.group === undefined ? '' : ` of ${spec.group}`}`;
    case 'export':
      return `Exporting ${basename(spec.out)}`;
  }
}

const EMBEDDINGS = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };
