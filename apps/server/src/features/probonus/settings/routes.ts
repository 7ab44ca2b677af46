import { ProbonusSettings, SaveProbonus, ShadowDifferences, ShadowReport, Strict } from '@tessera/contract';
import { Type } from 'typebox';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, cursorOf, errorBody, type Http, nextOf, sendRefusal } from '../../../platform/http/index.ts';
import { selectDifferences, selectReport } from '../shadow/store.ts';
import type { ProbonusPlatform } from '../v0.ts';
import { type Manners, saveSettings, settingsOf } from './settings.ts';

const tags = ['tills'];
const LIMIT_MAX = 200;
const LIMIT = 50;
const DifferencesQuery = Strict({
  method: Type.Optional(Type.String({ maxLength: 100 })),
  after: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,17}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX })),
});

/** How tills of ProBonus are spoken to: GET and PUT /api/v1/probonus, and what shadow mode has found. */
export function probonusSettingsRoutes(
  http: Http,
  { platform, authorize, manners }: { platform: ProbonusPlatform; authorize: Authorize; manners: Manners },
): void {
  const tell = async (tenant: Tenant): Promise<ProbonusSettings> => {
    const { mapping, shadow, credentials } = await settingsOf(platform, tenant);
    return { mapping: { ...mapping }, shadow, hasCredentials: credentials !== null };
  };

  http.get('/api/v1/probonus', { schema: { tags, response: { 200: ProbonusSettings } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    return actor.ok ? tell(actor.value.tenant) : (sendRefusal(request, reply, actor.refusal) as never);
  });

  http.put(
    '/api/v1/probonus',
    { schema: { tags, body: SaveProbonus, response: { 200: ProbonusSettings } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const saved = await saveSettings(platform, tenant, request.body);
      manners.forget(tenant);
      if (saved.ok) return tell(tenant);
      if ('address' in saved) return sendRefusal(request, reply, { code: 'address_invalid' }) as never;
      const fields = saved.problems.map(({ path, code, expected }) => ({
        path: `body/mapping/${path}`,
        message: `${code}: ${expected}`,
      }));
      const { path, expected } = saved.problems[0]!;
      const refusal = { code: 'settings_invalid', params: { path: `mapping.${path}`, expected } } as const;
      return reply.code(400 as 200).send(errorBody(refusal, request.t, fields) as never);
    },
  );

  http.get('/api/v1/probonus/shadow', { schema: { tags, response: { 200: ShadowReport } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return selectReport(actor.value.tenant, platform.clock.now());
  });

  http.get(
    '/api/v1/probonus/shadow/differences',
    { schema: { tags, querystring: DifferencesQuery, response: { 200: ShadowDifferences } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { method = null, after, limit = LIMIT } = request.query;
      const page = { before: cursorOf(after), limit, method };
      const items = await selectDifferences(actor.value.tenant, page);
      return { items, next: nextOf(items, limit, ({ differenceId }) => differenceId) };
    },
  );
}
