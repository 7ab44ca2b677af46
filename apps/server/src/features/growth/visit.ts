import { isIP } from 'node:net';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { errors, type Refusal } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { errorPage, type Site } from '@tessera/guest';
import type { RefusalPresenter, Reply, Request } from '../../platform/http/index.ts';
import type { Visitor } from './growth-platform.ts';

/** Where the scripts of the guest pages lie, and the version that lets browsers keep them. */
export type GuestAssets = { readonly version: string };

/** A text of the guest pages. */
export const guestTexts = (request: Pick<Request, 't'>) => (key: string, params?: Readonly<Record<string, unknown>>) =>
  request.t(`guest:${key}`, params);

export const pathOf = (request: Request): string => request.url.split('?')[0] ?? '/';

/** The user agent is kept with a consent; longer ones are cut. */
const AGENT_CHARACTERS_MAX = 300;

/** A proxy's header may hold anything: only an address is kept, without the zone of a link-local one. */
function addressOf(text: string): string | null {
  const address = text.split('%')[0] ?? '';
  return isIP(address) === 0 ? null : address;
}

export const visitorOf = (request: Request): Visitor => ({
  address: addressOf(request.ip),
  agent: request.headers['user-agent']?.slice(0, AGENT_CHARACTERS_MAX) ?? null,
  language: request.language as Language,
});

export function sendPage(reply: Reply, html: string, status = 200): Reply {
  reply.code(status).type('text/html; charset=utf-8').header('vary', 'accept-encoding');
  const accepted = reply.request.headers['accept-encoding']?.toString() ?? '';
  // A page of 30 kB takes a millisecond, and a slow phone gets a quarter of it; browsers ask for `br` over https alone.
  if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(brotliCompressSync(html, BROTLI));
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(gzipSync(html));
  return reply.send(html);
}

/** From 6 on it takes four times as long for hardly a byte. */
const BROTLI = { params: { [zlib.BROTLI_PARAM_QUALITY]: 5, [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT } };

type PageStatus = 400 | 404 | 410 | 429 | 500 | 503;
const pageStatus = (status: number): PageStatus =>
  ([400, 404, 410, 429, 500, 503] as const).find((known) => known === status) ?? 400;

/** A page that says what happened and what to do, for people. */
export function sendErrorPage(request: Request, reply: Reply, refusal: Refusal): Reply {
  const status = pageStatus(errors[refusal.code].status);
  const site: Site = { path: pathOf(request) };
  const page = errorPage({ site, status, reference: request.id, homeUrl: '/' }, guestTexts(request), request.language);
  return sendPage(reply, page, status);
}

/** Refusals of the framework (too many requests, a broken body) as a page. */
export const presentAsPage: RefusalPresenter = (request, reply, refusal) => sendErrorPage(request, reply, refusal);
