/**
 * One step of set-up.
 *
 * @typedef {object} Step
 * @property {string} title what it brings, for people
 * @property {string} cost what it will download or take, for people
 * @property {() => boolean} isDone whether nothing is left to do; must answer within milliseconds
 * @property {() => Promise<string>} run does it; returns what there is to say afterwards
 */
export {};
