const BASES = 'ACGT';
/** Odd, so that multiplying by it permutes the 32-bit integers: no barcode comes twice. */
const SCATTER = 0x9e3779b1;

/** Unique barcodes of 16 bases with the number of their batch, as a 10x pipeline writes them. */
export function barcodes(batchOf: ArrayLike<number>): string[] {
  return Array.from({ length: batchOf.length }, (_, i) => {
    let code = Math.imul(i + 1, SCATTER) >>> 0;
    let barcode = '';
    for (let k = 0; k < 16; k++) {
      barcode += BASES[code & 3];
      code >>>= 2;
    }
    return `${barcode}-${batchOf[i] + 1}`;
  });
}
