import type { Readable } from 'node:stream';
import { PosterParams, PosterQuery, PrintSheetQuery } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import {
  type Authorize,
  cursorOf,
  type Http,
  type Reply,
  type Request,
  sendRefusal,
} from '../../../platform/http/index.ts';
import { familyOf, noteEvent } from '../../journal/index.ts';
import { cardsForPaper, openPress, type PaperCard, type PassRecord, printedPicture } from '../../wallet/index.ts';
import { wordsOf } from '../forms/form-body.ts';
import { selectForm } from '../forms/forms.store.ts';
import { addressOf } from '../forms/options.ts';
import { type CardPlatform, openCard } from '../open-card.ts';
import { presentAsPage, sendErrorPage } from '../visit.ts';
import { drawCardPdf } from './card-pdf.ts';
import { drawPoster } from './poster.ts';
import { drawPrintSheet } from './print-sheet.ts';

export type PaperOptions = { platform: CardPlatform; authorize: Authorize };

const tags = ['designs'];
const SHEET_CARDS = 200;

/** Cards and links on paper: `/c/<guid>.pdf`, a form's poster, a sheet of many cards. */
export function paperRoutes(http: Http, options: PaperOptions): void {
  cardPdfRoute(http, options);
  posterRoute(http, options);
  printSheetRoute(http, options);
}

const sendPdf = (reply: Reply, name: string, pdf: Readable, disposition: 'inline' | 'attachment'): Reply =>
  reply
    .type('application/pdf')
    .header('content-disposition', `${disposition}; filename="${name}"`)
    .header('x-robots-tag', 'noindex')
    .send(pdf);

/** `?size=card`: two pages of the card's own size; else an A4 page to cut out and fold. */
function cardPdfRoute(http: Http, { platform }: PaperOptions): void {
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 30, timeWindow: '1 minute' } };
  http.get<{ Params: { guid: string }; Querystring: { size?: unknown } }>(
    '/c/:guid.pdf',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openCard({ platform }, request.params.guid);
      const card = opened && (await openPress(opened.tenant)(opened.pass, request.language));
      if (!card) return sendErrorPage(request, reply, { code: 'card_not_found' });
      if (request.method === 'GET') {
        const detail = familyOf(request.headers['user-agent'] ?? '');
        noteEvent(platform, opened.tenant, { kind: 'pdf_downloaded', card: opened.pass, platform: 'paper', detail });
      }
      const pdf = await drawCardPdf({
        card,
        form: request.query.size === 'card' ? 'card' : 'fold',
        title: request.t('guest:card.title', { company: opened.company.name }),
        language: request.language,
        words: { cut: request.t('server:paper.cut'), balance: request.t('server:paper.balance') },
        now: platform.clock.now(),
      });
      // Named after the card's number, not after its address, which is a secret.
      return sendPdf(reply, 'card.pdf', pdf, 'inline');
    },
  );
}

function posterRoute(http: Http, { platform, authorize }: PaperOptions): void {
  const schema = { tags, params: PosterParams, querystring: PosterQuery };
  http.get('/api/v1/forms/:formId/poster.pdf', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const { formId } = request.params;
    const form = await selectForm(tenant, formId);
    const picture = form && (await printedPicture(tenant, form.designId));
    if (!form || !picture) return sendRefusal(request, reply, { code: 'form_not_found' });
    const company = await platform.companies.of(tenant);
    const { language } = request;
    const { source = '' } = request.query;
    const url = addressOf({ platform }, formId, source);
    const pdf = await drawPoster({
      ...picture,
      company: company.name,
      heading: wordsOf(form.body, form.body.heading, language) ?? request.t('server:paper.poster.heading'),
      lead: wordsOf(form.body, form.body.lead, language) ?? request.t('guest:form.lead'),
      steps: [
        request.t('server:paper.poster.scan'),
        request.t('server:paper.poster.fill'),
        request.t('server:paper.poster.show'),
      ],
      url,
      address: url.replace(/^https?:\/\//, ''),
      language,
      now: platform.clock.now(),
    });
    return sendPdf(reply, `${['poster', formId, source].filter(Boolean).join('-')}.pdf`, pdf, 'attachment');
  });
}

function printSheetRoute(http: Http, { platform, authorize }: PaperOptions): void {
  const schema = { tags, querystring: PrintSheetQuery };
  http.get('/api/v1/passes/print-sheet', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const { guids, after, limit = SHEET_CARDS, backs, lang: _, ...filter } = request.query;
    const { cards, next } = await cardsForPaper(tenant, {
      timeZone: (await platform.companies.of(tenant)).timeZone,
      filter,
      guids: guids?.toLowerCase().split(',').filter(isUuid) ?? null,
      before: cursorOf(after),
      limit,
    });
    if (cards.length === 0) return sendRefusal(request, reply, { code: 'nothing_to_print' });
    const sheet = {
      title: titleOf(request),
      language: request.language,
      backs: backs === '1',
      now: platform.clock.now(),
    };
    // The file itself has no place for a cursor.
    if (next !== null) reply.header('x-next', String(next));
    return sendPdf(reply, 'cards.pdf', await drawPrintSheet(sheet, everyCard(tenant, cards)), 'attachment');
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isUuid = (text: string): boolean => UUID.test(text);
const titleOf = (request: Request): string => request.t('server:paper.sheet');

async function* everyCard(tenant: Tenant, passes: readonly PassRecord[]): AsyncGenerator<PaperCard> {
  const press = openPress(tenant);
  for (const pass of passes) {
    const card = await press(pass);
    if (card) yield card;
  }
}
