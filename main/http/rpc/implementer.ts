import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { statusOf } from '../error-response.ts';
import type { Services } from '../services.ts';

/**
 * The contract, ready to be implemented: whatever a procedure throws leaves as the contract's one error, `LACUNA`, with
 * the plain words in its data.
 */
export const os = implement(contract)
  .$context<Services>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (thrown) {
      throw toRpcError(thrown);
    }
  });

/** Any thrown value as the contract's error; the library's own (input that the contract refuses) pass through. */
export function toRpcError(thrown: unknown): Error {
  if (thrown instanceof ORPCError) return thrown;
  const error = LacunaError.from(thrown);
  return new ORPCError('LACUNA', {
    defined: true,
    status: statusOf(error.code),
    message: error.message,
    data: error.toWire(),
  });
}
