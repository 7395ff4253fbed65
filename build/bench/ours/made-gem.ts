/**
 * Makes a large `.gem.gz`: a small chip laid side by side `tiles` × `tiles` times and sorted by gene as real files are, so
 * that the lines of a gene lie all over the section. Every copy is shifted within its square, so that no two repeat.
 */
import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip, gunzipSync } from 'node:zlib';
import { madeRandom } from '../../../main/projects/testing/made-source.ts';

const dataFolder = process.env.LACUNA_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const real = join(dataFolder, 'stereoseq/SS200000135TL_D1_small_GEMv0.2.gem.gz');
/** Spots per side of a tile. */
const side = 300;

/** What was made. */
export interface MadeGem {
  path: string;
  /** Bytes of text. */
  textBytes: number;
  lines: number;
  molecules: number;
}

interface Line {
  x: number;
  y: number;
  count: number;
}

/** Writes the file unless it is there already, and says what is in it (kept beside it as `.json`). */
export async function makeGem(path: string, tiles: number): Promise<MadeGem> {
  const facts = `${path}.json`;
  if (existsSync(path) && existsSync(facts)) return JSON.parse(readFileSync(facts, 'utf8')) as MadeGem;
  const made: MadeGem = { path, textBytes: 0, lines: 0, molecules: 0 };
  const genes = existsSync(real) ? realTile() : madeTile();
  await pipeline(gemText(genes, tiles, made), createGzip({ level: 6 }), createWriteStream(`${path}.part`));
  renameSync(`${path}.part`, path);
  writeFileSync(facts, JSON.stringify(made));
  return made;
}

function* gemText(genes: Map<string, Line[]>, tiles: number, made: MadeGem): Generator<Buffer> {
  const shifts = shiftsOf(tiles);
  const head = `#FileFormat=GEMv0.2\n#SortedBy=geneID\n#BinType=Bin\n#BinSize=1\n#Omics=Transcriptomics\n#OffsetX=0\n#OffsetY=0\ngeneID\tgeneName\tx\ty\tMIDCount\n`;
  made.textBytes += head.length;
  yield Buffer.from(head);
  const buffer = Buffer.alloc(4 << 20);
  let at = 0;
  for (const [gene, lines] of genes) {
    const name = Buffer.from(`${gene}\t${gene}\t`);
    for (let tile = 0; tile < tiles * tiles; tile++) {
      const left = (tile % tiles) * side;
      const top = Math.floor(tile / tiles) * side;
      for (const { x, y, count } of lines) {
        if (at > buffer.length - 256) {
          made.textBytes += at;
          yield Buffer.from(buffer.subarray(0, at));
          at = 0;
        }
        buffer.set(name, at);
        at = number(buffer, at + name.length, left + ((x + shifts[2 * tile]) % side), 9);
        at = number(buffer, at, top + ((y + shifts[2 * tile + 1]) % side), 9);
        at = number(buffer, at, count, 10);
        made.lines++;
        made.molecules += count;
      }
    }
  }
  made.textBytes += at;
  yield Buffer.from(buffer.subarray(0, at));
}

/** Writes `value` and the byte after it. @returns where to go on */
function number(buffer: Buffer, at: number, value: number, after: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  for (let i = digits - 1; i >= 0; i--) {
    buffer[at + i] = 48 + (value % 10);
    value = Math.floor(value / 10);
  }
  buffer[at + digits] = after;
  return at + digits + 1;
}

function shiftsOf(tiles: number): Uint16Array {
  const random = madeRandom(7);
  return Uint16Array.from({ length: 2 * tiles * tiles }, () => Math.floor(random() * side));
}

function realTile(): Map<string, Line[]> {
  const genes = new Map<string, Line[]>();
  for (const line of gunzipSync(readFileSync(real)).toString('latin1').split('\n')) {
    const [gene, , x, y, count] = line.split('\t');
    if (count === undefined || gene === 'geneID') continue;
    if (!genes.has(gene)) genes.set(gene, []);
    genes.get(gene)?.push({ x: Number(x) % side, y: Number(y) % side, count: Number(count) });
  }
  return genes;
}

/** As many lines and genes as the real tile, a few genes with most of them. */
function madeTile(): Map<string, Line[]> {
  const random = madeRandom(5);
  const genes = new Map<string, Line[]>();
  for (let i = 0; i < 10_600; i++) {
    const n = Math.max(1, Math.round(2 / (1e-3 + random() ** 2) ** 0.5));
    genes.set(
      `Gene${String(i).padStart(5, '0')}`,
      Array.from({ length: n }, () => ({
        x: Math.floor(random() * side),
        y: Math.floor(random() * side),
        count: 1 + Math.floor(-0.8 * Math.log(1 - random())),
      })),
    );
  }
  return genes;
}
