import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { LacunaContract } from '../../main/contract/contract.ts';

/** The core, as typed procedures: `await core.datasets.list({ project })`. */
export const core: ContractRouterClient<LacunaContract> = createORPCClient(
  new RPCLink({ url: new URL('/rpc', window.location.href).href }),
);
