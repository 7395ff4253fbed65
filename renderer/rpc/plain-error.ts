import { ORPCError } from '@orpc/client';

/** An error in words for a person: what happened, what to do. */
export interface PlainError {
  code: string;
  what: string;
  remedy: string;
}

/** Any thrown value in plain words. */
export function plainError(thrown: unknown): PlainError {
  if (thrown instanceof ORPCError) {
    const data = thrown.data as Partial<PlainError> | undefined;
    if (typeof data?.what === 'string')
      return { code: data.code ?? 'internal', what: data.what, remedy: data.remedy ?? '' };
    return { code: 'bad-request', what: thrown.message, remedy: '' };
  }
  if (thrown instanceof TypeError) {
    return {
      code: 'lost',
      what: 'The connection to the core of Lacuna was lost.',
      remedy: 'If it does not come back, start Lacuna again. Finished runs are safe in the project file.',
    };
  }
  return { code: 'internal', what: thrown instanceof Error ? thrown.message : String(thrown), remedy: '' };
}
