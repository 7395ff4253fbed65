/** Names of columns that say where an observation comes from, the likeliest first. */
export const BATCH_NAMES: readonly RegExp[] = [
  /^batch(es)?$/i,
  /^(batch|library|lane|pool|plate|chip|run|seq)[ _-]?(id|number|name)?$/i,
  /^(donor|patient|subject|individual)[ _-]?(id|number|name)?$/i,
  /^(sample|site|center|centre|lab|laboratory|dataset|study|channel)[ _-]?(id|number|name)?$/i,
  /(batch|donor|patient|sample|site|library)/i,
];
