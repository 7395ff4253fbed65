/** The questions that methods answer, in the order in which they are offered. */
export const QUESTIONS = [
  { id: 'structure', title: 'Find structure' },
  { id: 'denoise', title: 'Denoise counts' },
  { id: 'space', title: 'Fill in space' },
  { id: 'compress', title: 'Compress' },
  { id: 'floor', title: 'Floors, to compare with' },
] as const;
