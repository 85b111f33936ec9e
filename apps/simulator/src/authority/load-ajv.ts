import { createRequire } from 'node:module';
import type { Ajv, Options } from 'ajv';
import type { FormatsPlugin } from 'ajv-formats';

type AjvModule = { readonly default: new (options: Options) => Ajv };

/**
 * A JSON Schema validator with the usual formats. It is loaded when it is first needed: an installation without development
 * packages has none, and the simulator must start there too.
 * @throws when one of the packages `ajv` and `ajv-formats` is not installed.
 */
export function loadAjv(): Ajv {
  const load = createRequire(__filename);
  const { default: Constructor } = load('ajv') as AjvModule;
  const { default: addFormats } = load('ajv-formats') as { readonly default: FormatsPlugin };
  // Checking the document itself and tuning the code made from it cost more at the start than they ever give back.
  const options = { strict: false, allErrors: true, validateSchema: false, code: { optimize: false } };
  return addFormats(new Constructor(options));
}
