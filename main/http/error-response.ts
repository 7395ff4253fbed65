import type { ErrorCode, LacunaError } from '../errors/lacuna-error.ts';

const statusByCode: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'bad-option': 400,
  forbidden: 403,
  'not-found': 404,
  'project-busy': 409,
  cancelled: 499,
  internal: 500,
};

/** The HTTP status that says best what kind of error it is; 422 for input that was understood and is wrong. */
export function statusOf(code: ErrorCode): number {
  return statusByCode[code] ?? 422;
}

/** An error as a JSON response: the wire form of `LacunaError`. */
export function errorResponse(error: LacunaError): Response {
  return Response.json({ error: error.toWire() }, { status: statusOf(error.code) });
}
