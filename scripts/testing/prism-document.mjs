import { createRequire } from 'node:module';
import path from 'node:path';
import { PROJECT_DIR } from '../launch/project-dir.mjs';

const PROBLEM = { $ref: '#/components/schemas/ProblemDetails' };
const GATEWAY = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { message: { type: 'string' }, Message: { type: 'string' } },
};
/** The gateway's own answers, and with 501 the simulator's for what it does not have. */
const GATEWAY_STATUSES = [401, 403, 429, 500, 501, 502, 503, 504];

/**
 * The official description with the overlay worked in, as Prism needs it: each refusal with both of the bodies and content types that
 * it may have (docs/smokeball-api.md#errors).
 * @param {string} openapiPath
 */
export function prismDocument(openapiPath) {
  const require = createRequire(import.meta.url);
  require(path.join(PROJECT_DIR, 'config', 'testing', 'swc-register.cjs'));
  const { readAuthority } = require(path.join(PROJECT_DIR, 'apps/simulator/src/authority/openapi-validator.ts'));
  const overlayPath = path.join(PROJECT_DIR, 'config', 'smokeball-overlay.json');
  const { document, anyStatus } = readAuthority({ openapiPath, overlayPath });
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
      const declared = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
      const refusals = [...new Set([...declared.map(Number), ...anyStatus, ...GATEWAY_STATUSES])];
      operation.responses = {
        ...operation.responses,
        ...Object.fromEntries(refusals.map((status) => [String(status), refusal(status)])),
      };
    }
  }
  return withoutInt64(document);
}

/** Prism takes int64 for what JavaScript can hold exactly, so it would refuse every .NET tick (docs/smokeball-api.md#ticks). */
function withoutInt64(document) {
  return JSON.parse(
    JSON.stringify(document, (name, value) => (name === 'format' && value === 'int64' ? undefined : value)),
  );
}

function refusal(status) {
  const plain = GATEWAY_STATUSES.includes(status) ? { anyOf: [GATEWAY, PROBLEM] } : PROBLEM;
  return {
    description: 'A refusal',
    content: { 'application/problem+json': { schema: PROBLEM }, 'application/json': { schema: plain } },
  };
}
