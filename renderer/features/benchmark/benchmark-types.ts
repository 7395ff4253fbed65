import type { core } from '../../rpc/client.ts';

/** What is asked for; fields with a default may be left out. */
export type BenchmarkRequest = Parameters<typeof core.benchmarks.plan>[0]['spec'];
export type Protocol = BenchmarkRequest['protocols'][number];
export type BenchmarkPlan = Awaited<ReturnType<typeof core.benchmarks.plan>>;
export type BenchmarkInfo = Awaited<ReturnType<typeof core.benchmarks.list>>[number];
export type Benchmark = Awaited<ReturnType<typeof core.benchmarks.get>>;
export type RecipePreset = Awaited<ReturnType<typeof core.datasets.recipePresets>>[number];
