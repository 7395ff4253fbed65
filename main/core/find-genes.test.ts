import { describe, expect, it } from 'vitest';
import { findGenes } from './find-genes.ts';

const variables = {
  names: ['MALAT1', 'ALB', 'SERPINALB1', 'alb2', 'CD3D'],
  columns: [{ kind: 'string' as const, name: 'gene_id', values: ['E1', 'E2', 'E3', 'E4', 'ENSALB'] }],
};

describe('findGenes', () => {
  it('puts exact names first, then beginnings, then the rest', () => {
    expect(findGenes(variables, 'Alb', 10).map((gene) => gene.name)).toEqual(['ALB', 'alb2', 'SERPINALB1', 'CD3D']);
  });

  it('puts shorter names first among those that begin with it', () => {
    const markers = { names: ['CD302', 'CD3E', 'CD38', 'CD3D'], columns: [] };
    expect(findGenes(markers, 'cd3', 3).map((gene) => gene.name)).toEqual(['CD3E', 'CD38', 'CD3D']);
  });

  it('stops at the limit and finds nothing for an unknown name', () => {
    expect(findGenes(variables, 'alb', 1)).toEqual([{ index: 1, name: 'ALB', id: 'E2' }]);
    expect(findGenes(variables, 'XIST', 10)).toEqual([]);
  });
});
