import type { SpatialLayout } from '../../../dataset/spatial-layout.ts';
import type { Project } from '../../../projects/project.types.ts';

/** How a dataset lies on its tissue, images included; outlines of cells stay in the project: no export keeps them. */
export function tissueLayout(project: Project, datasetId: number): SpatialLayout | null {
  const { spatial } = project.datasets.get(datasetId);
  if (spatial === null) return null;
  const { hasBorders: _, ...layout } = spatial;
  const images = layout.images.map(({ name }) => project.datasets.tissueImage(datasetId, name));
  return { ...layout, images, borders: null };
}
