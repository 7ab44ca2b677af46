import type { TestServer } from '../server.ts';

/** A route of the running app; the schema of its JSON body when the document knows one. */
export type Route = { method: string; path: string; body: JsonSchema | null; query: QueryParameter[] };

/** What a query may hold; must, when it is required. */
export type QueryParameter = { name: string; schema: JsonSchema; required: boolean };

/** As much of JSON Schema as our bodies use. */
export type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
};

type Document = {
  paths: Record<string, Record<string, Operation>>;
};
type Operation = {
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  parameters?: (Omit<QueryParameter, 'required'> & { in: string; required?: boolean })[];
};

/** Every route, hidden ones too: what the router says, with the bodies and queries of the OpenAPI document. */
export function allRoutes({ running }: Pick<TestServer, 'running'>): Route[] {
  const { http } = running.app;
  const document = http.swagger() as unknown as Document;
  const printed = http.printRoutes({ commonPrefix: false });
  return readTree(printed).flatMap(({ path, methods }) =>
    methods
      .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
      .map((method) => ({ method, path, ...told(document, path, method) })),
  );
}

function told({ paths }: Document, path: string, method: string): Pick<Route, 'body' | 'query'> {
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const parameters = operation?.parameters?.filter((one) => one.in === 'query') ?? [];
  const query = parameters.map(({ name, schema, required = false }) => ({ name, schema, required }));
  return { body: operation?.requestBody?.content['application/json']?.schema ?? null, query };
}

/** `├── /api (GET)` with four characters of indentation a level; a path is the names from the root down. */
function readTree(printed: string): { path: string; methods: string[] }[] {
  const above: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const read = /^((?:[│ ] {3})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!read) return [];
    const depth = read[1]!.length / 4;
    above.length = depth;
    above.push(read[2]!);
    const methods = read[3]?.split(', ') ?? [];
    return methods.length > 0 ? [{ path: above.join(''), methods }] : [];
  });
}

/** A path with every parameter filled by the same value. */
export const fill = (path: string, value: string): string =>
  path.replace(/:\w+/g, () => value).replace('*', () => `/${value}`);
