import type { z } from 'zod';
import type { searchInfoSchema, searchPlanSchema, searchSchema } from '../../../main/contract/entities/search.ts';
import type { core } from '../../rpc/client.ts';

export type Search = z.infer<typeof searchSchema>;
export type SearchInfo = z.infer<typeof searchInfoSchema>;
export type SearchPlan = z.infer<typeof searchPlanSchema>;
export type Trial = Search['trials'][number];
export type SearchRequest = Parameters<typeof core.searches.start>[0]['spec'];
export type SearchDomain = NonNullable<Search['spec']['ranges']>[string];
