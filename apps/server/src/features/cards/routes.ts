import {
  Card,
  CardNumbersAnswer,
  CardPage,
  CardParams,
  CardRange,
  CardRangePage,
  CardRangeParams,
  CardRangesQuery,
  CardSheetQuery,
  CardsQuery,
  ChangeCardRange,
  NewCardRange,
} from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal, withBytes } from '../../platform/http/index.ts';
import type { CardsPlatform } from './activate-card.ts';
import { blockCard } from './block-card.ts';
import { findRange, makeRange } from './make-range.ts';
import type { Card as OneCard, CardRange as Range } from './model.ts';
import { drawSheet } from './sheet/draw-sheet.ts';
import { selectCards, selectRanges, updateRange } from './store.ts';
import { NUMBERS_BYTES_MAX, takeNumbers } from './take-numbers.ts';

export type CardRoutesOptions = { platform: CardsPlatform; authorize: Authorize };

const tags = ['tills'];
const READ = 'tills.read';
const WRITE = 'tills.write';
const RANGES = 20;
const CARDS = 50;
const SHEET_CARDS = 5_000;

const tellRange = (range: Range): CardRange => ({ ...range, createdAt: range.createdAt.toString() });
const tellCard = (card: OneCard): Card => ({ ...card, activatedAt: card.activatedAt?.toString() ?? null });

/** Prepared cards: /api/v1/card-ranges and /api/v1/cards. */
export function cardRoutes(http: Http, options: CardRoutesOptions): void {
  rangeRoutes(http, options);
  numberRoutes(http, options);
  oneCardRoutes(http, options);
}

function rangeRoutes(http: Http, { platform, authorize }: CardRoutesOptions): void {
  const list = { tags, querystring: CardRangesQuery, response: { 200: CardRangePage } };
  http.get('/api/v1/card-ranges', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { after, limit = RANGES } = request.query;
    const ranges = await selectRanges(actor.value.tenant, { before: cursorOf(after), limit });
    return { items: ranges.map(tellRange), next: nextOf(ranges, limit, ({ rangeId }) => rangeId) };
  });

  const add = { tags, body: NewCardRange, response: { 200: CardRange } };
  http.post('/api/v1/card-ranges', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, WRITE);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const made = await makeRange(platform, actor.value.tenant, request.body);
    return made.ok ? tellRange(made.value) : (sendRefusal(request, reply, made.refusal) as never);
  });

  const one = { tags, params: CardRangeParams, response: { 200: CardRange } };
  http.get('/api/v1/card-ranges/:rangeId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const range = await findRange(actor.value.tenant, request.params.rangeId);
    return range ? tellRange(range) : (sendRefusal(request, reply, { code: 'card_range_not_found' }) as never);
  });

  const change = { tags, params: CardRangeParams, body: ChangeCardRange, response: { 200: CardRange } };
  http.put('/api/v1/card-ranges/:rangeId', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, WRITE);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { rangeId } = request.params;
    await updateRange(tenant, { ...request.body, rangeId, now: platform.clock.now() });
    const range = await findRange(tenant, rangeId);
    return range ? tellRange(range) : (sendRefusal(request, reply, { code: 'card_range_not_found' }) as never);
  });
}

function numberRoutes(http: Http, { platform, authorize }: CardRoutesOptions): void {
  const list = { tags, params: CardRangeParams, querystring: CardsQuery, response: { 200: CardPage } };
  http.get('/api/v1/card-ranges/:rangeId/cards', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { state = null, after = '', limit = CARDS } = request.query;
    const { rangeId } = request.params;
    const cards = await selectCards(actor.value.tenant, { rangeId, state, after, limit });
    return { items: cards.map(tellCard), next: cards.length < limit ? null : cards.at(-1)!.number };
  });

  withBytes(http, NUMBERS_BYTES_MAX, (scope) => {
    const schema = {
      tags,
      consumes: ['application/octet-stream'],
      params: CardRangeParams,
      response: { 200: CardNumbersAnswer },
    };
    scope.put(
      '/api/v1/card-ranges/:rangeId/numbers',
      { schema, bodyLimit: NUMBERS_BYTES_MAX },
      async (request, reply) => {
        const actor = await authorize(request, WRITE);
        if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
        const file: unknown = request.body;
        if (!Buffer.isBuffer(file)) return sendRefusal(request, reply, { code: 'unsupported_media_type' }) as never;
        const taken = await takeNumbers(actor.value.tenant, request.params.rangeId, file);
        if (!taken.ok) return sendRefusal(request, reply, taken.refusal) as never;
        const problems = taken.value.problems.map((one) => ({ ...one, message: request.t(`errors:${one.code}`) }));
        return { ...taken.value, problems };
      },
    );
  });

  const sheet = { tags, params: CardRangeParams, querystring: CardSheetQuery };
  http.get('/api/v1/card-ranges/:rangeId/sheet.pdf', { schema: sheet }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const range = await findRange(tenant, request.params.rangeId);
    if (!range) return sendRefusal(request, reply, { code: 'card_range_not_found' });
    const { layout = 'labels', state = 'free', after = '', limit = SHEET_CARDS } = request.query;
    const company = await platform.companies.of(tenant);
    const { rangeId, name: title } = range;
    const numbers = everyNumber(tenant, { rangeId, state, after, limit });
    reply.header('content-disposition', `attachment; filename="cards-${rangeId}.pdf"`).type('application/pdf');
    return reply.send(await drawSheet({ layout, company: company.name, title, now: platform.clock.now() }, numbers));
  });
}

const PAGE = 500;

async function* everyNumber(
  tenant: Tenant,
  { rangeId, state, after, limit }: { rangeId: number; state: OneCard['state']; after: string; limit: number },
): AsyncGenerator<string> {
  let last = after;
  for (let left = limit; left > 0; ) {
    const cards = await selectCards(tenant, { rangeId, state, after: last, limit: Math.min(PAGE, left) });
    for (const { number } of cards) yield number;
    if (cards.length < Math.min(PAGE, left)) return;
    left -= cards.length;
    last = cards.at(-1)!.number;
  }
}

function oneCardRoutes(http: Http, { platform, authorize }: CardRoutesOptions): void {
  const schema = { tags, params: CardParams, response: { 200: Card } };
  for (const [name, blocked] of [
    ['block', true],
    ['unblock', false],
  ] as const) {
    http.post(`/api/v1/cards/:number/${name}`, { schema }, async (request, reply) => {
      const actor = await authorize(request, WRITE);
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { number } = request.params as { number: string };
      const done = await blockCard(platform, actor.value.tenant, { number, blocked });
      return done.ok ? tellCard(done.value) : (sendRefusal(request, reply, done.refusal) as never);
    });
  }
}
