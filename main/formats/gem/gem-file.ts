import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { fileBytes, firstContent } from '../file-bytes.ts';
import { usualPitch } from '../stereoseq/molecules.ts';
import type { FileGenes, MoleculeBatch, MoleculeFile } from '../stereoseq/molecules.ts';
import { checkGemColumns, factNumber, readGemHeader } from './gem-header.ts';
import type { GemHeader } from './gem-header.ts';
import { GemParser } from './gem-parser.ts';

/** The header must end within this. */
const headerBytes = 262_144;

/** A `.gem` or `.gem.gz` file. */
export class GemFile implements MoleculeFile {
  readonly path: string;
  readonly header: GemHeader;
  readonly binSize: number;
  readonly pitch = usualPitch;
  readonly #exons: boolean;
  #parser: GemParser;

  private constructor(path: string, header: GemHeader, exons: boolean) {
    this.path = path;
    this.header = header;
    this.binSize = Math.max(1, factNumber(header, 'BinSize', 1));
    this.#exons = exons;
    this.#parser = new GemParser(basename(path), header, exons);
  }

  /** @throws LacunaError `bad-file` for missing columns, `truncated-file` for a file without any line of numbers */
  static async open(path: string, exons: boolean): Promise<GemFile> {
    const header = readGemHeader((await firstContent(path, headerBytes)).toString('utf8'));
    if (header === null)
      throw new LacunaError(
        'truncated-file',
        `The file ends too early: ${basename(path)} ends before its columns are named.`,
        'It was probably cut off while copying: copy it again.',
        { file: path },
      );
    checkGemColumns(header, basename(path));
    if (exons && !header.roles.includes('exon'))
      throw new LacunaError('bad-option', `${basename(path)} has no column ExonCount.`, 'Import with counts=all.');
    return new GemFile(path, header, exons);
  }

  /** @throws LacunaError `bad-file` with the line, `truncated-file`, `cancelled` */
  async *batches(signal?: AbortSignal): AsyncGenerator<MoleculeBatch> {
    const parser = (this.#parser = new GemParser(basename(this.path), this.header, this.#exons));
    const { size } = await stat(this.path);
    let toSkip = this.header.lines;
    let seen = 0;
    try {
      for await (const { bytes, consumed } of fileBytes(this.path, signal)) {
        let at = 0;
        for (; toSkip > 0 && at < bytes.length; toSkip--) {
          const end = bytes.indexOf(10, at);
          at = end < 0 ? bytes.length : end + 1;
          if (end < 0) toSkip++; // the line goes on in the next piece
        }
        parser.push(at === 0 ? bytes : bytes.subarray(at));
        seen += parser.length;
        if (parser.length > 0) yield batchOf(parser, Math.min(0.999, consumed / Math.max(1, size)));
      }
    } catch (error) {
      throw error instanceof LacunaError && error.code === 'truncated-file' ? parser.truncated(error) : error;
    }
    parser.end();
    seen += parser.length;
    if (seen === 0)
      throw new LacunaError(
        'truncated-file',
        `${basename(this.path)} names its columns but holds no molecules.`,
        'It was probably cut off while copying: copy it again.',
        { file: this.path },
      );
    yield batchOf(parser, 1);
  }

  genes(): FileGenes {
    return { ids: this.#parser.ids.texts, names: this.#parser.names };
  }

  offset(): { x: number; y: number } {
    return { x: factNumber(this.header, 'OffsetX', 0), y: factNumber(this.header, 'OffsetY', 0) };
  }
}

function batchOf({ length, genes, xs, ys, counts, cells }: GemParser, fraction: number): MoleculeBatch {
  return { length, genes, xs, ys, counts, cells, fraction };
}
