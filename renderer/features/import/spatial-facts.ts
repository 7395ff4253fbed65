import { formatCount, formatFigure } from '../../design/format.ts';
import type { Fact } from './facts.ts';
import type { Inspection } from './import-item.svelte.ts';

/** What is known of a tissue section: its scale, the size of its spots, its pictures. */
export function spatialFacts(found: Inspection): Fact[] {
  const { spatial } = found;
  if (spatial === null) return [];
  const { micrometresPerUnit, spotSize, images, hasBorders } = spatial;
  const facts: Fact[] = [
    {
      label: 'Scale',
      value:
        micrometresPerUnit === null
          ? 'not known: there will be no scale bar in µm'
          : micrometresPerUnit === 1
            ? 'positions in µm'
            : `${formatFigure(micrometresPerUnit)} µm per unit of the positions`,
    },
  ];
  if (spotSize !== null) {
    facts.push({
      label: 'Spot size',
      value:
        micrometresPerUnit === null
          ? `${formatFigure(spotSize)} units of the positions`
          : `${formatFigure(spotSize * micrometresPerUnit)} µm`,
    });
  }
  if (images.length > 0) {
    facts.push({
      label: images.length === 1 ? 'Picture' : 'Pictures',
      value: images
        .map(({ name, width, height }) => `${name} (${formatCount(width)} × ${formatCount(height)} pixels)`)
        .join(', '),
    });
  }
  if (hasBorders) facts.push({ label: 'Outlines', value: 'of every cell' });
  return facts;
}
