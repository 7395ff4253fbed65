import { Random } from '../engine/random/random.ts';
import { gamma, normal } from './draws.ts';
import type { GeneNames } from './gene-names.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** A set of genes that rises and falls together, by `exp(activity · loading)`. */
export interface Programme {
  genes: Uint32Array;
  /** [genes.length] */
  loading: Float64Array;
}

/** What is true of the genes. */
export interface GeneProgrammes {
  /** [nTypes · nVar], relative expression of every gene in every type; positive. */
  profiles: Float64Array;
  /** [nVar], type that the gene is the strongest marker of; -1 for none. */
  markerOf: Int32Array;
  /** States that vary within a type: cycle, stress … or, in tissue, gradients over the section. */
  states: Programme[];
  /** [nBatches · nVar], factor of every gene in every batch. */
  batchFactor: Float64Array;
  /** [nVar], φ of variance = μ + φμ². */
  dispersion: Float64Array;
}

/** Number of states that vary between cells of one type, and of gradients in tissue. */
export const N_STATES = 3;
const MARKER_SHARE = 0.07;
/** Strength of a type's own programme, as a share of the one that it shares with its relative. */
const OWN_HARD = 1;
const OWN_EASY = 1.2;
const STATE_SHARE = 0.12;

/**
 * Base expression is log-normal with a heavy tail, ribosomal genes are high and mitochondrial ones about 6 % of all.
 * Types come in pairs of relatives: both raise a shared programme, and each a smaller one of its own, so that telling
 * relatives apart is harder than telling families apart, as it is in tissue.
 */
export function geneProgrammes(options: SimulateOptions, genes: GeneNames): GeneProgrammes {
  const { seed, types, batches, separation } = options;
  const nVar = genes.names.length;
  const random = Random.from(seed, 'gene programmes');
  const base = Float64Array.from({ length: nVar }, (_, j) =>
    Math.exp(
      1.3 * normal(random) + (j >= genes.nMitochondrial && j < genes.nMitochondrial + genes.nRibosomal ? 1.5 : 0),
    ),
  );
  setMitochondrialShare(base, genes.nMitochondrial, 0.06);

  const profiles = new Float64Array(types * nVar);
  for (let t = 0; t < types; t++) profiles.set(base, t * nVar);
  const strongest = new Float64Array(nVar).fill(0.3);
  const markerOf = new Int32Array(nVar).fill(-1);
  const raise = (members: number[], share: number, strength: number): void => {
    const programme = drawProgramme(random, genes, share, () => strength * (0.5 + gamma(4, random) / 8));
    programme.genes.forEach((j, k) => {
      const fold = programme.loading[k];
      for (const t of members) profiles[t * nVar + j] *= Math.exp(fold);
      if (members.length === 1 && fold > strongest[j]) {
        strongest[j] = fold;
        markerOf[j] = members[0];
      }
    });
  };
  for (let t = 0; t < types; t += 2) if (t + 1 < types) raise([t, t + 1], MARKER_SHARE, separation);
  // The first pair, the largest, is easiest to tell apart, the last one hardest; a type without a relative needs no help.
  for (let t = 0; t < types; t++) {
    const ease = types < 4 ? 0.5 : 1 - Math.floor(t / 2) / (Math.floor(types / 2) - 1);
    raise(
      [t],
      MARKER_SHARE,
      separation * (t % 2 === 0 && t + 1 === types ? 1 : OWN_HARD + (OWN_EASY - OWN_HARD) * Math.max(ease, 0)),
    );
  }

  const states = Array.from({ length: N_STATES }, () =>
    drawProgramme(random, genes, STATE_SHARE, () => (options.spatial ? 0.35 : 0.2) * normal(random)),
  );
  const batchFactor = Float64Array.from({ length: batches * nVar }, (_, k) =>
    k < nVar ? 1 : Math.exp(options.batchEffect * normal(random)),
  );
  const dispersion = Float64Array.from({ length: nVar }, () => options.dispersion * Math.exp(0.4 * normal(random)));
  return { profiles, markerOf, states, batchFactor, dispersion };
}

function setMitochondrialShare(base: Float64Array, n: number, share: number): void {
  let mito = 0;
  let rest = 0;
  base.forEach((value, j) => (j < n ? (mito += value) : (rest += value)));
  const factor = (share * rest) / ((1 - share) * mito);
  for (let j = 0; j < n; j++) base[j] *= factor;
}

function drawProgramme(random: Random, genes: GeneNames, share: number, draw: () => number): Programme {
  const nVar = genes.names.length;
  const members: number[] = [];
  // Mitochondrial genes stay out, so that their share keeps meaning the quality of a cell.
  for (let j = genes.nMitochondrial; j < nVar; j++) if (random.uniform() < share) members.push(j);
  if (members.length === 0) members.push(genes.nMitochondrial + random.below(nVar - genes.nMitochondrial));
  return { genes: Uint32Array.from(members), loading: Float64Array.from(members, () => draw()) };
}
