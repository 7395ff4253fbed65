import type { z } from 'zod';
import type { confusionSchema, scoreTableSchema } from '../../../main/contract/entities/score-table.ts';
import type { scoreRowSchema } from '../../../main/contract/entities/run.ts';

export type ScoreTable = z.infer<typeof scoreTableSchema>;
export type ScoreTableRow = ScoreTable['rows'][number];
export type ScoreColumn = ScoreTable['columns'][number];
export type ScoreCell = NonNullable<ScoreTableRow['cells'][number]>;
/** One figure of one run, as it was stored. */
export type ScoreFigure = z.infer<typeof scoreRowSchema>;
export type Confusion = z.infer<typeof confusionSchema>;
