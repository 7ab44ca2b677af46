import { ErrorBody, NewProgramme, ProgrammeDetail, ProgrammeList, type ProgrammeRow } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { rulesIdAt } from '../model.ts';
import { draftRoutes } from './draft.routes.ts';
import { makeProgramme } from './make-programme.ts';
import { scheduledOf } from './model.ts';
import { type ListedProgramme, selectBody, selectProgrammes } from './programmes.store.ts';
import { publicationRoutes } from './publication.routes.ts';
import { AT, answer, ProgrammeParams, type ProgrammeRoutesOptions, tags } from './route-parts.ts';

/** Programmes and their rules: /api/v1/programmes… */
export function programmeRoutes(http: Http, options: ProgrammeRoutesOptions): void {
  programmes(http, options);
  draftRoutes(http, options);
  publicationRoutes(http, options);
}

function toRow(programme: ListedProgramme, now: Temporal.Instant): ProgrammeRow {
  const { programmeId, name, kind, rules, accounts, draft, since } = programme;
  const next = scheduledOf(rules, now);
  return {
    programmeId,
    name,
    kind: kind as ProgrammeRow['kind'],
    accounts,
    draft,
    live: { rulesId: rulesIdAt(rules, now), since: since.toString() },
    next: next && { rulesId: next.rulesId, at: next.at.toString() },
  };
}

function programmes(http: Http, options: ProgrammeRoutesOptions): void {
  const { platform, companies, authorize } = options;
  const detailOf = async (tenant: Tenant, programmeId: number): Promise<ProgrammeDetail | null> => {
    const now = platform.clock.now();
    const [programme] = await selectProgrammes(tenant, { now, programmeId });
    if (!programme) return null;
    const row = toRow(programme, now);
    const body = await selectBody(tenant, tenant.companyId, { programmeId, rulesId: row.live.rulesId });
    return { ...row, rules: body ?? {} };
  };
  http.get('/api/v1/programmes', { schema: { tags, response: { 200: ProgrammeList } } }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const now = platform.clock.now();
    const found = await selectProgrammes(actor.value.tenant, { now });
    return { items: found.map((programme) => toRow(programme, now)) };
  });

  http.post(
    '/api/v1/programmes',
    { schema: { tags, body: NewProgramme, response: { 200: ProgrammeDetail, '4xx': ErrorBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { timeZone, language } = await companies.of(tenant);
      const made = await makeProgramme(platform, tenant, { ...request.body, userId, timeZone, language });
      if (!made.ok) return (await answer(options, tenant, { request, reply }, made)) as never;
      return (await detailOf(tenant, made.value.programmeId)) as ProgrammeDetail;
    },
  );

  http.get(
    AT,
    { schema: { tags, params: ProgrammeParams, response: { 200: ProgrammeDetail } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const detail = await detailOf(actor.value.tenant, request.params.programmeId);
      return detail ?? (sendRefusal(request, reply, { code: 'programme_not_found' }) as never);
    },
  );
}
