import type { Http, Request } from '../../platform/http/index.ts';
import { type ApiDocument, docsPage, type JsonSchema, type Operation } from '../../platform/http/index.ts';
import type { Translate } from '../../platform/texts.ts';

const PREFIX = '/api/v0/';

/** The description of this API alone, GET /api/v0/openapi.json, and its page, GET /api/v0/docs: in the reader's language. */
export function docsV0Routes(http: Http): void {
  const describe = ({ t }: Request) => describeV0(http.swagger() as unknown as ApiDocument, t);
  http.get(`${PREFIX}openapi.json`, { schema: { hide: true } }, async (request) => describe(request));
  docsPage(http, {
    path: `${PREFIX}docs`,
    descriptionPath: `${PREFIX}openapi.json`,
    title: 'api:title',
    intro: 'api:intro',
    document: describe,
    groupOf: ({ t }, path) => t(`api:group.${path.slice(PREFIX.length).split('/')[0]}`),
  });
}

/** What the whole description says of this API, with the meaning of methods and fields told. */
export function describeV0(whole: ApiDocument, t: Translate): ApiDocument {
  const paths = Object.entries(whole.paths).filter(([path]) => path.startsWith(PREFIX));
  const { bearer, token } = whole.components?.securitySchemes ?? {};
  return {
    ...whole,
    info: { ...whole.info, title: t('api:title'), description: t('api:intro') },
    components: { securitySchemes: { bearer: bearer!, token: token! } },
    paths: Object.fromEntries(
      paths.map(([path, operations]) => [
        path,
        Object.fromEntries(Object.entries(operations).map(([verb, one]) => [verb, tellOperation(path, one, t)])),
      ]),
    ),
  };
}

function tellOperation(path: string, operation: Operation, t: Translate): Operation {
  const key = path.slice(PREFIX.length).replace('/', '_');
  // A copy: the document is shared.
  const told = structuredClone(operation);
  const contents = [told.requestBody?.content, ...Object.values(told.responses ?? {}).map(({ content }) => content)];
  for (const content of contents) {
    for (const { schema } of Object.values(content ?? {})) tellFields(schema, t);
  }
  for (const { name, schema } of told.parameters ?? []) tellField(name, schema, t);
  return { ...told, summary: t(`api:method.${key}`) };
}

function tellFields(schema: JsonSchema, t: Translate): void {
  for (const [name, one] of Object.entries(schema.properties ?? {})) tellField(name, one, t);
  if (schema.items) tellFields(schema.items, t);
}

function tellField(name: string, schema: JsonSchema, t: Translate): void {
  const key = `api:fields.${name}`;
  const meaning = t(key);
  // Without a text a key tells itself.
  if (meaning !== key && meaning !== `fields.${name}`) schema.description = meaning;
  tellFields(schema, t);
}
