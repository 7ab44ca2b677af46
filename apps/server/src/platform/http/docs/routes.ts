import { readFileSync } from 'node:fs';
import type { Http, Request } from '../types.ts';
import type { ApiDocument, Operation } from './model.ts';
import { renderDocs } from './page.ts';

const script = readFileSync(new URL('./docs.js', import.meta.url), 'utf8');
const SCRIPT = '/api/docs.js';
const hidden = { schema: { hide: true } };

export type Docs = {
  path: string;
  descriptionPath: string;
  title: string;
  intro: string;
  document: (request: Request) => ApiDocument;
  groupOf: (request: Request, path: string, operation: Operation) => string;
};

/** Puts a page on its address that shows an API and calls it. Titles are keys of the catalogue. */
export function docsPage(http: Http, { path, descriptionPath, title, intro, document, groupOf }: Docs): void {
  http.get(path, hidden, async (request, reply) => {
    const { t, language } = request;
    const page = renderDocs({
      document: document(request),
      t,
      language,
      title: t(title),
      intro: t(intro),
      descriptionPath,
      scriptPath: SCRIPT,
      groupOf: (address, operation) => groupOf(request, address, operation),
    });
    return reply.type('text/html; charset=utf-8').send(page);
  });
}

/** The page of the whole API, GET /api/docs, and the script of all such pages. */
export function docsRoutes(http: Http): void {
  http.get(SCRIPT, hidden, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(script),
  );
  docsPage(http, {
    path: '/api/docs',
    descriptionPath: '/api/openapi.json',
    title: 'api:titleAll',
    intro: 'api:introAll',
    document: () => http.swagger() as unknown as ApiDocument,
    groupOf: (_request, _path, { tags }) => tags?.[0] ?? '',
  });
}
