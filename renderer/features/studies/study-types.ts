import type { core } from '../../rpc/client.ts';

export type ReadyStudy = Awaited<ReturnType<typeof core.readyStudies.ready>>[number];
export type StudyRequest = Parameters<typeof core.readyStudies.plan>[0]['spec'];
export type StudyPlan = Awaited<ReturnType<typeof core.readyStudies.plan>>;
export type StudyInfo = Awaited<ReturnType<typeof core.readyStudies.list>>[number];
export type Study = Awaited<ReturnType<typeof core.readyStudies.get>>;
export type StudyTable = Study['tables'][number];
