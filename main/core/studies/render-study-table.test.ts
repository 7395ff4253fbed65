import { expect, it } from 'vitest';
import type { StudyTable } from '../../contract/entities/study.ts';
import { renderStudyDelimited, renderStudyLatex, studyCellText } from './render-study-table.ts';

const table: StudyTable = {
  id: 't',
  title: 'A table',
  note: '',
  heads: ['Method', 'Settings'],
  columns: [
    { id: 'ari', title: 'ARI', higherIsBetter: true, digits: 3 },
    { id: 'norm', title: 'Largest', higherIsBetter: null, digits: null },
  ],
  rows: [
    {
      head: ['A_1', 'as printed'],
      runIds: [1, 2],
      cells: [
        { mean: 0.51249, sd: 0.02, n: 2, best: true },
        { mean: 6.4e10, sd: null, n: 1, best: false },
      ],
      reference: false,
      broken: false,
    },
    {
      head: ['A_1', 'published, 2019'],
      runIds: [],
      cells: [{ mean: 0.58, sd: null, n: 1, best: false }, null],
      reference: true,
      broken: false,
    },
  ],
};

it('writes LaTeX with the best in bold, powers of ten, and references apart', () => {
  const lines = renderStudyLatex(table).split('\n');
  expect(lines).toContain('A\\_1 & as printed & $\\mathbf{0.512 \\pm 0.020}$ & $6.40 \\cdot 10^{10}$ \\\\');
  expect(lines).toContain('\\textit{A\\_1} & \\textit{published, 2019} & $0.580$ & -- \\\\');
  expect(lines.filter((line) => line === '\\midrule')).toHaveLength(2);
});

it('writes every figure in full, with spread and number of runs', () => {
  expect(renderStudyDelimited(table, ',').split('\n')).toEqual([
    'Method,Settings,reference,runs,ari,ari_sd,ari_n,norm,norm_sd,norm_n',
    'A_1,as printed,false,1 2,0.51249,0.02,2,64000000000,,1',
    'A_1,"published, 2019",true,,0.58,,1,,,',
    '',
  ]);
  expect(studyCellText({ mean: 1e-4, sd: 2e-5, n: 3, best: false }, table.columns[1])).toBe('1.00e-4 ± 2.00e-5');
  expect(studyCellText(null, table.columns[0])).toBe('');
});
