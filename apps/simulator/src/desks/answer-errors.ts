import type { FastifyInstance } from 'fastify';
import { AsUserError } from '../control/as-user-error';
import { Refusal } from '../http/answer';
import { FormError } from './form-error';
import { NotFoundError } from './not-found-error';

/** Desk errors in the form that Matterline's own answers have: `{"error": {"code", "message", "details"}}`. */
export function answerErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof NotFoundError)
      return reply.code(404).send(errorBody('not_found', error.message, error.details));
    if (error instanceof FormError)
      return reply.code(400).send(errorBody('validation_error', error.message, { fields: error.fields }));
    if (error instanceof AsUserError) return reply.code(404).send(errorBody('not_found', error.message));
    if (error instanceof Refusal)
      return reply.code(error.answer.status).send(errorBody('refused', detailOf(error), error.answer.body));
    const status = statusOf(error);
    if (status < 500) return reply.code(status).send(errorBody('bad_request', messageOf(error)));
    process.stderr.write(`simulator desk: ${error instanceof Error ? error.stack : String(error)}\n`);
    return reply.code(500).send(errorBody('internal', 'The simulator made a mistake; its log says which.'));
  });
}

function errorBody(code: string, message: string, details: unknown = {}): unknown {
  return { error: { code, message, details } };
}

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

/** What the API would have answered says why; its `detail` is for people. */
function detailOf(refusal: Refusal): string {
  const detail = (refusal.answer.body as { readonly detail?: unknown } | undefined)?.detail;
  return typeof detail === 'string' ? detail : 'The simulated Smokeball refused this.';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The request could not be read.';
}
