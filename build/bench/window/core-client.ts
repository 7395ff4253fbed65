import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { LacunaContract } from '../../../main/contract/contract.ts';

/** The procedures of a running Lacuna, from outside of its window. */
export type CoreClient = ContractRouterClient<LacunaContract>;

/** @param address as `lacuna open --json` prints it, with the secret of the launch */
export function coreClient(address: string): CoreClient {
  const url = new URL(address);
  const authorization = `Bearer ${url.searchParams.get('token') ?? ''}`;
  return createORPCClient(new RPCLink({ url: `${url.origin}/rpc`, headers: { authorization } }));
}

/** Waits until a job is over. @throws Error when it did not end well */
export async function jobDone(core: CoreClient, job: string): Promise<void> {
  for (;;) {
    const { state, error } = await core.jobs.get({ job });
    if (state === 'done') return;
    if (state !== 'queued' && state !== 'running') throw new Error(`${job} was ${state}: ${error?.what ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
