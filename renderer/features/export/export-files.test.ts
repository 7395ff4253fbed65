import { describe, expect, it } from 'vitest';
import { estimateExport, type ExportFacts } from './estimate-export.ts';
import { EXPORTS } from './export-options.ts';
import { baseName, folderOf, plainName, suggestedName, withBaseName, withEnding } from './file-names.ts';

describe('names of exported files', () => {
  it('are plain and tell what is inside', () => {
    expect(plainName('Variational autoencoder (β-VAE) · paper · seed 1')).toBe(
      'variational-autoencoder-beta-vae-paper-seed-1',
    );
    expect(plainName('  ../..  ')).toBe('export');
    expect(suggestedName('denoised', 'PBMC 3k AE', '.h5ad')).toBe('pbmc-3k-ae-denoised.h5ad');
    expect(suggestedName('figure', 'PBMC', '.svg', 'losses')).toBe('pbmc-losses.svg');
    expect(suggestedName('report', 'PBMC', '.json')).toBe('pbmc-settings.json');
    expect(suggestedName('report', 'PBMC', '.html')).toBe('pbmc-report.html');
  });

  it('get the ending of the format once', () => {
    expect(withEnding('a.csv', '.h5ad')).toBe('a.h5ad');
    expect(withEnding('v1.2 final', '.csv')).toBe('v1.2 final.csv');
    expect(withEnding('denoised.h5ad', '')).toBe('denoised');
  });

  it('are the last part of a path on any system', () => {
    expect(baseName('C:\\lab\\a.csv')).toBe('a.csv');
    expect(baseName('/home/lab/a.csv')).toBe('a.csv');
    expect(['/home/lab/a.csv', '/a.csv', 'C:\\lab\\a.csv', 'C:\\a.csv'].map(folderOf)).toEqual([
      '/home/lab',
      '/',
      'C:\\lab',
      'C:\\',
    ]);
    expect(withBaseName('/home/lab/a 2.csv', 'a.csv')).toBe('/home/lab/a.csv');
  });
});

describe('estimateExport', () => {
  const facts: ExportFacts = {
    what: 'denoised',
    format: 'h5ad',
    nObs: 1000,
    nVar: 2000,
    nnz: 100_000,
    nLatent: 10,
    nDim: 2,
    nClusterings: 2,
    nRuns: 3,
    dpi: 300,
    widthMm: 85,
  };

  it('counts four bytes a value for a dense matrix, and the counts beside it', () => {
    expect(estimateExport(facts).bytes).toBe(1000 * 2000 * 4 + 100_000 * 8);
  });

  it('finds text larger than numbers, and a latent far smaller than the matrix', () => {
    const csv = estimateExport({ ...facts, format: 'csv' });
    const latent = estimateExport({ ...facts, what: 'latent', format: 'csv' });
    expect(csv.bytes).toBeGreaterThan(estimateExport(facts).bytes);
    expect(latent.bytes).toBeLessThan(csv.bytes / 50);
    expect(latent.seconds).toBeNull();
  });

  it('has an answer for everything that can be exported', () => {
    for (const { id: what, formats } of EXPORTS)
      for (const { id: format } of formats) {
        const { bytes, seconds } = estimateExport({ ...facts, what, format });
        expect(bytes).toBeGreaterThan(0);
        expect(seconds === null || seconds > 0).toBe(true);
      }
  });
});
