import {
  ReferralNumbers,
  ReferralNumbersQuery,
  ReferralPage,
  ReferralQuery,
  type ReferralRow,
  ReferralSettingsBody,
  SmallId,
  Strict,
} from '@tessera/contract';
import { referralSettingsToJson } from '@tessera/loyalty';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import type { ReferralLine } from './model.ts';
import { selectReferralNumbers, selectReferrals } from './reads.store.ts';
import { referralSettingsOf, saveReferralSettings } from './settings.ts';

const PAGE_ROWS = 50;
const DAYS = 30;
const ProgrammeParams = Strict({ programmeId: SmallId });

/** The console's referral room: …/programmes/:programmeId/referral, …/referrals, …/referrals/numbers. */
export function referralRoutes(
  http: Http,
  { platform, authorize }: { platform: LoyaltyPlatform; authorize: Authorize },
): void {
  const tags = ['referral'];
  http.get(
    '/api/v1/programmes/:programmeId/referral',
    { schema: { tags, params: ProgrammeParams, response: { 200: ReferralSettingsBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const settings = await referralSettingsOf(actor.value.tenant, request.params.programmeId);
      if (!settings) return sendRefusal(request, reply, { code: 'programme_not_found' }) as never;
      return referralSettingsToJson(settings);
    },
  );

  http.put(
    '/api/v1/programmes/:programmeId/referral',
    { schema: { tags, params: ProgrammeParams, body: ReferralSettingsBody, response: { 200: ReferralSettingsBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const saved = await saveReferralSettings(platform, tenant, request.params.programmeId, request.body);
      return saved.ok ? referralSettingsToJson(saved.value) : (sendRefusal(request, reply, saved.refusal) as never);
    },
  );

  http.get(
    '/api/v1/referrals',
    { schema: { tags, querystring: ReferralQuery, response: { 200: ReferralPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS, programmeId, state } = request.query;
      const before = cursorOf(after);
      const now = platform.clock.now();
      const found = await selectReferrals(actor.value.tenant, { programmeId, state, before, limit, now });
      const next = nextOf(found, limit, ({ referralId }) => referralId);
      return { items: found.map(toRow), next };
    },
  );

  http.get(
    '/api/v1/referrals/numbers',
    { schema: { tags, querystring: ReferralNumbersQuery, response: { 200: ReferralNumbers } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { days = DAYS, programmeId = null } = request.query;
      const now = platform.clock.now();
      const from = now.subtract({ hours: 24 * days });
      const numbers = await selectReferralNumbers(actor.value.tenant, { programmeId, from, now });
      return { ...numbers, days, points: Number(numbers.points) };
    },
  );
}

const toRow = (line: ReferralLine): ReferralRow => ({
  referralId: line.referralId,
  // What is confirmed and what is rewarded differ by the job alone: the points ripen by themselves.
  state: line.state === 'confirmed' ? 'rewarded' : line.state,
  reason: line.reason,
  referrer: line.referrer,
  friend: line.friend,
  registeredAt: line.registeredAt.toString(),
  validUntil: line.validUntil.toString(),
  checkId: line.checkId,
  qualifiedAt: line.qualifiedAt?.toString() ?? null,
  confirmsAt: line.confirmsAt?.toString() ?? null,
  rewards: line.rewards.map(({ level, accountId, points, reason, activatesAt, revokedAt }) => ({
    level,
    accountId,
    points: Number(points),
    reason,
    activatesAt: activatesAt.toString(),
    revoked: revokedAt !== null,
  })),
});
