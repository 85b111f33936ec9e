import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

/** As much of an OpenAPI document as judging answers takes. */
export interface AnswerDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

export interface SeenAnswer {
  readonly method: string;
  /** With or without its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** What the document speaks of; the console's pages and the document itself are not in it. */
const DESCRIBED = /^\/(api\/v1|hooks|health|metrics)(\/|$)/;
const UNKNOWN_ADDRESS = 'components/schemas/Error_not_found';

/** Holds answers against the OpenAPI document. Members that the document does not name are drift too. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly templates: { readonly template: string; readonly pattern: RegExp }[];

  constructor(private readonly document: AnswerDocument) {
    addFormats(this.ajv);
    this.ajv.addSchema(closed(document) as object, 'document');
    const byParameters = (path: string) => path.split('{').length;
    this.templates = Object.keys(document.paths)
      .sort((left, right) => byParameters(left) - byParameters(right))
      .map((template) => ({ template, pattern: patternOf(template) }));
  }

  /** What is wrong with an answer, in words; empty when it is as described. */
  faultsOf(answer: SeenAnswer): string[] {
    const [path = ''] = answer.path.split('?');
    if (!DESCRIBED.test(path)) return [];
    const found = this.find(answer.method, path);
    const name = `${answer.method} ${found?.template ?? path} ${answer.status}`;
    if (!found) return this.against(UNKNOWN_ADDRESS, answer).map((fault) => `${name} (unknown address): ${fault}`);
    const { template, method, operation } = found;
    const response = operation.responses[String(answer.status)];
    if (!response) return [`${name}: the document has no such status (${answer.text.slice(0, 200)})`];
    // What has no body by HTTP's own rules has none here.
    if (answer.method === 'HEAD') return [];
    if (!response.content) return answer.text === '' ? [] : [`${name}: the document has no body there`];
    const [mediaType = ''] = answer.contentType.split(';');
    if (!response.content[mediaType]) return [`${name}: the document has no ${mediaType || 'answer without a type'}`];
    if (mediaType !== 'application/json') return [];
    const pointer = ['paths', template, method, 'responses', String(answer.status), 'content', mediaType, 'schema'];
    return this.against(pointer.map(escaped).join('/'), answer).map((fault) => `${name}: ${fault}`);
  }

  private find(asked: string, path: string) {
    const method = asked === 'HEAD' ? 'get' : asked.toLowerCase();
    for (const { template, pattern } of this.templates) {
      const operation = this.document.paths[template]?.[method];
      if (operation && pattern.test(path)) return { template, method, operation };
    }
    return null;
  }

  private against(pointer: string, { text }: SeenAnswer): string[] {
    const validate = this.ajv.getSchema(`document#/${pointer}`) as ValidateFunction | undefined;
    if (!validate) return [`the document has no ${pointer}`];
    try {
      if (validate(JSON.parse(text))) return [];
    } catch {
      return [`is not JSON: ${text.slice(0, 200)}`];
    }
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }
}

const patternOf = (template: string) =>
  new RegExp(`^${template.replaceAll(/[.]/g, '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`);

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The same with every object that names its members closed to others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]));
  const isOpenObject = members['type'] === 'object' && 'properties' in members && !('additionalProperties' in members);
  return isOpenObject ? { ...members, additionalProperties: false } : members;
}
