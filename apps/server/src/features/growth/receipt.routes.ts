import { type ReceiptLine, type ReceiptPageData, receiptPage } from '@tessera/guest';
import { receiptStateAt } from '@tessera/loyalty';
import { type Http, type Request, sendRefusal, withForms, withPictures } from '../../platform/http/index.ts';
import { readPhoto, receiptsOfAccount, type StoredReceipt, submitReceipt } from '../loyalty/index.ts';
import { type CardRoutesOptions, type OpenedCard, openCard } from './open-card.ts';
import { guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';

const SHOWN = 10;
/** A phone's photo, shrunk by the page; one that came whole fits as well. */
const PHOTO_BYTES_MAX = 8 * 1024 * 1024;
const FIELDS = ['qr', 'date', 'time', 'sum', 'fn', 'i', 'fp'] as const;
type Values = Record<(typeof FIELDS)[number], string>;
type Problem = NonNullable<ReceiptPageData['problem']>;
type Params = { guid: string };

/** `/c/<guid>/receipt`: the form, what it sends, and a photo. Whoever knows the card's address may send for it. */
export function receiptPageRoutes(http: Http, options: CardRoutesOptions): void {
  const { platform } = options;
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 60, timeWindow: '1 minute' } };
  withForms(http, (scope) => {
    scope.get<{ Params: Params }>('/c/:guid/receipt', { config, schema: { hide: true } }, async (request, reply) => {
      const opened = await openCard(options, request.params.guid);
      if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
      return sendPage(reply, await draw(options, request, opened, NOTHING, null));
    });
    scope.post<{ Params: Params }>('/c/:guid/receipt', { config, schema: { hide: true } }, async (request, reply) => {
      const opened = await openCard(options, request.params.guid);
      if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
      const values = readValues(request.body);
      const qr = values.qr.trim() || typedCode(values);
      const { accountId } = opened.view;
      const sent = await submitReceipt(platform, opened.tenant, { accountId, source: 'card', qr });
      if (!sent.ok) return sendPage(reply, await draw(options, request, opened, values, problemOf(sent.refusal)), 400);
      return reply.redirect(`/c/${opened.pass.guid}/receipt?lang=${request.language}#receipts`, 303);
    });
  });
  withPictures(http, PHOTO_BYTES_MAX, (scope) => {
    const photoConfig = { rateLimit: { max: 10, timeWindow: '1 minute' } };
    scope.post<{ Params: Params; Body: Buffer | undefined }>(
      '/c/:guid/receipt/photo',
      { config: photoConfig, schema: { hide: true } },
      async (request, reply) => {
        const opened = await openCard(options, request.params.guid);
        if (!opened) return sendRefusal(request, reply, { code: 'card_not_found' });
        const photo = await readPhoto(request.body ?? Buffer.alloc(0));
        if (!photo.ok) return sendRefusal(request, reply, photo.refusal);
        const { accountId } = opened.view;
        const sent = await submitReceipt(platform, opened.tenant, { accountId, source: 'card', photo: photo.value });
        return sent.ok ? reply.send({ state: sent.value.state }) : sendRefusal(request, reply, sent.refusal);
      },
    );
  });
}

const NOTHING: Values = { qr: '', date: '', time: '', sum: '', fn: '', i: '', fp: '' };

function readValues(body: unknown): Values {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string) => (typeof given[name] === 'string' ? (given[name] as string).slice(0, 500) : '');
  return Object.fromEntries(FIELDS.map((name) => [name, text(name)])) as Values;
}

/** What was typed, in the words of a code: it is read and judged like one. */
function typedCode({ date, time, sum, fn, i, fp }: Values): string {
  const digits = (text: string) => text.replace(/[\s\u00a0\u202f]/g, '');
  const at = `${date.replaceAll('-', '')}T${time.replaceAll(':', '')}`;
  return `t=${at}&s=${digits(sum)}&fn=${digits(fn)}&i=${digits(i)}&fp=${digits(fp)}&n=1`;
}

function problemOf({ code, params }: { code: string; params?: Readonly<Record<string, unknown>> }): Problem {
  if (code === 'receipt_limit') return 'limit';
  if (code === 'receipts_not_taken') return 'off';
  if (code === 'account_blocked') return 'blocked';
  return params?.problem === 'not_a_purchase' ? 'not_a_purchase' : 'unreadable';
}

async function draw(
  { platform, assets }: CardRoutesOptions,
  request: Request,
  { tenant, pass, company, view }: OpenedCard,
  values: Values,
  problem: Problem | null,
): Promise<string> {
  const receipts = await receiptsOfAccount(tenant, view.accountId, SHOWN);
  const path = `/c/${pass.guid}`;
  const now = platform.clock.now();
  const data: ReceiptPageData = {
    site: {
      company: { name: company.name },
      path: `${path}/receipt`,
      assetVersion: assets.version,
      demo: company.demo,
    },
    locale: { currency: company.currency, timeZone: company.timeZone, now, pointsScale: 2 },
    action: `${path}/receipt?lang=${request.language}`,
    photoUrl: `${path}/receipt/photo`,
    backUrl: `${path}?lang=${request.language}`,
    values,
    typed: values.fn !== '' || values.sum !== '',
    ...(problem ? { problem } : {}),
    receipts: receipts.map((one) => toLine(one, now)),
  };
  return receiptPage(data, guestTexts(request), request.language);
}

function toLine(receipt: StoredReceipt, now: Temporal.Instant): ReceiptLine {
  const { activatesAt, fiscal, points, reason, note } = receipt;
  const state = receiptStateAt(receipt.state, activatesAt?.epochMilliseconds ?? null, now.epochMilliseconds);
  return {
    at: receipt.uploadedAt,
    state: state === 'approved' ? 'active' : state,
    ...(fiscal ? { sumMinor: fiscal.sum } : {}),
    ...(reason ? { reason } : {}),
    ...(note ? { note } : {}),
    ...(points === null ? {} : { pointsMinor: points }),
    ...(activatesAt ? { activatesAt } : {}),
  };
}
