import {
  ApproveReceipt,
  Id,
  NewReceiptBody,
  Receipt,
  ReceiptPage,
  ReceiptQuery,
  ReceiptSettingsBody,
  RejectReceipt,
  type Result,
  SmallId,
  Strict,
} from '@tessera/contract';
import { receiptSettingsToJson, receiptStateAt } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import {
  type Actor,
  type Authorize,
  cursorOf,
  type Http,
  nextOf,
  type Request,
  sendRefusal,
} from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectNames } from '../reads.store.ts';
import { approveReceipt, rejectReceipt } from './decide-receipt.ts';
import type { StoredReceipt } from './model.ts';
import { selectPhoto } from './photos.store.ts';
import { countWaiting, selectReceipts } from './receipts.store.ts';
import { receiptSettingsOf, saveReceiptSettings } from './settings.ts';
import { photoContext, submitReceipt } from './submit-receipt.ts';

const PAGE_ROWS = 50;
const ProgrammeParams = Strict({ programmeId: SmallId });
const ReceiptParams = Strict({ receiptId: Id });
const tags = ['receipts'];

export type ReceiptRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

/** The console's receipts: the settings, the list, the photo, the decisions; and a program that hands receipts in. */
export function receiptRoutes(http: Http, options: ReceiptRoutesOptions): void {
  settingsRoutes(http, options);
  listRoutes(http, options);
  decisionRoutes(http, options);
}

function settingsRoutes(http: Http, { platform, authorize }: ReceiptRoutesOptions): void {
  const path = '/api/v1/programmes/:programmeId/receipts';
  const response = { 200: ReceiptSettingsBody };
  http.get(path, { schema: { tags, params: ProgrammeParams, response } }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const settings = await receiptSettingsOf(actor.value.tenant, request.params.programmeId);
    if (!settings) return sendRefusal(request, reply, { code: 'programme_not_found' }) as never;
    return receiptSettingsToJson(settings);
  });
  http.put(
    path,
    { schema: { tags, params: ProgrammeParams, body: ReceiptSettingsBody, response } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const saved = await saveReceiptSettings(platform, tenant, request.params.programmeId, request.body);
      return saved.ok ? receiptSettingsToJson(saved.value) : (sendRefusal(request, reply, saved.refusal) as never);
    },
  );
}

function listRoutes(http: Http, { platform, authorize }: ReceiptRoutesOptions): void {
  http.get(
    '/api/v1/receipts',
    { schema: { tags, querystring: ReceiptQuery, response: { 200: ReceiptPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'receipts.review');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS, state } = request.query;
      const { tenant } = actor.value;
      const before = cursorOf(after);
      const [rows, waiting] = await Promise.all([
        selectReceipts(tenant, { state, before, limit }),
        countWaiting(tenant),
      ]);
      const now = platform.clock.now();
      const items = rows.map((row) => toReceipt(row, row.name, now));
      return { items, next: nextOf(rows, limit, ({ receiptId }) => receiptId), waiting };
    },
  );

  http.get(
    '/api/v1/receipts/:receiptId/photo',
    { schema: { tags, params: ReceiptParams }, config: { rateLimit: { max: 240, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const actor = await authorize(request, 'receipts.review');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { receiptId } = request.params;
      const photo = await selectPhoto(tenant, receiptId);
      if (!photo) return sendRefusal(request, reply, { code: 'not_found' }) as never;
      const bytes = platform.vault.open(photo.sealed, photoContext(tenant, receiptId));
      return reply.type(photo.mediaType).header('content-disposition', 'inline').send(bytes) as never;
    },
  );

  http.post(
    '/api/v1/receipts',
    { schema: { tags, body: NewReceiptBody, response: { 200: Receipt } } },
    async (request, reply) => {
      const actor = await authorize(request, 'api.use');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { accountId, qr } = request.body;
      const taken = await submitReceipt(platform, tenant, { accountId, qr, source: 'api' });
      if (!taken.ok) return sendRefusal(request, reply, taken.refusal) as never;
      return describe(platform, tenant, taken.value);
    },
  );
}

function decisionRoutes(http: Http, { platform, authorize }: ReceiptRoutesOptions): void {
  const params = ReceiptParams;
  const response = { 200: Receipt };
  type Decide = (actor: Actor) => Promise<Result<StoredReceipt>>;
  /** The same frame for both decisions: who may, the decision, the receipt as it stands then. */
  const decide = async (request: Request, decision: Decide) => {
    const actor = await authorize(request, 'receipts.review');
    if (!actor.ok) return actor;
    const decided = await decision(actor.value);
    if (!decided.ok) return decided;
    return { ok: true, value: await describe(platform, actor.value.tenant, decided.value) } as const;
  };
  http.post(
    '/api/v1/receipts/:receiptId/approve',
    { schema: { tags, params, body: ApproveReceipt, response } },
    async (request, reply) => {
      const { receiptId } = request.params;
      const done = await decide(request as never, ({ tenant, userId }) =>
        approveReceipt(platform, tenant, { receiptId, qr: request.body.qr, by: userId }),
      );
      return done.ok ? done.value : (sendRefusal(request, reply, done.refusal) as never);
    },
  );
  http.post(
    '/api/v1/receipts/:receiptId/reject',
    { schema: { tags, params, body: RejectReceipt, response } },
    async (request, reply) => {
      const { receiptId } = request.params;
      const { reason, note = null } = request.body;
      const done = await decide(request as never, ({ tenant, userId }) =>
        rejectReceipt(platform, tenant, { receiptId, reason, note: note?.trim() || null, by: userId }),
      );
      return done.ok ? done.value : (sendRefusal(request, reply, done.refusal) as never);
    },
  );
}

async function describe(platform: LoyaltyPlatform, tenant: Tenant, receipt: StoredReceipt): Promise<Receipt> {
  const names = await selectNames(tenant, [receipt.accountId]);
  return toReceipt(receipt, names.get(receipt.accountId) ?? '', platform.clock.now());
}

function toReceipt(receipt: StoredReceipt, name: string, now: Temporal.Instant): Receipt {
  const { fiscal, points, activatesAt } = receipt;
  const state = receiptStateAt(receipt.state, activatesAt?.epochMilliseconds ?? null, now.epochMilliseconds);
  return {
    receiptId: receipt.receiptId,
    accountId: receipt.accountId,
    name,
    programmeId: receipt.programmeId,
    source: receipt.source,
    state: state === 'approved' ? 'active' : state,
    reason: receipt.reason,
    review: receipt.review,
    note: receipt.note,
    fiscal: fiscal && { ...fiscal, sum: Number(fiscal.sum) },
    venueCode: receipt.venueCode,
    likeCheckId: receipt.likeCheckId,
    checkId: receipt.checkId,
    points: points === null ? null : Number(points),
    activatesAt: activatesAt?.toString() ?? null,
    dueAt: receipt.dueAt?.toString() ?? null,
    uploadedAt: receipt.uploadedAt.toString(),
    decidedAt: receipt.decidedAt?.toString() ?? null,
    hasPhoto: receipt.hasPhoto,
  };
}
