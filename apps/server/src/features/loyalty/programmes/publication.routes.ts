import { ErrorBody, PageQuery, Publication, PublishDraft, RollBack, RulesVersionPage, Strict } from '@tessera/contract';
import { compareRules } from '@tessera/loyalty';
import { cursorOf, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { listVersions } from './list-versions.ts';
import { publishDraft, rollBack, withdrawScheduled } from './publish-rules.ts';
import { AT, answer, instantOf, ProgrammeParams, type ProgrammeRoutesOptions, tags, tellingOf } from './route-parts.ts';
import { tellChange } from './tell-change.ts';

const VERSIONS = 20;
const VersionsQuery = Strict({ after: PageQuery.properties.after, limit: PageQuery.properties.limit });

/** …/publish, …/rollback, …/scheduled and …/versions of a programme. */
export function publicationRoutes(http: Http, options: ProgrammeRoutesOptions): void {
  const { platform, authorize } = options;
  const schema = { tags, params: ProgrammeParams };
  const publicationOf = { 200: Publication, '4xx': ErrorBody };
  http.post(
    `${AT}/publish`,
    { schema: { ...schema, body: PublishDraft, response: publicationOf } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { key, version, at } = request.body;
      const wish = { ...request.params, key, version, at: instantOf(at), userId };
      const published = await publishDraft(platform, tenant, wish);
      if (!published.ok) return (await answer(options, tenant, { request, reply }, published)) as never;
      return { rulesId: published.value.rulesId, effectiveAt: published.value.effectiveAt.toString() };
    },
  );

  http.post(
    `${AT}/rollback`,
    { schema: { ...schema, body: RollBack, response: publicationOf } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const restored = await rollBack(platform, tenant, { ...request.params, ...request.body, userId });
      if (!restored.ok) return (await answer(options, tenant, { request, reply }, restored)) as never;
      return { rulesId: restored.value.rulesId, effectiveAt: restored.value.effectiveAt.toString() };
    },
  );

  http.delete(`${AT}/scheduled`, { schema }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant, userId } = actor.value;
    const withdrawn = await withdrawScheduled(platform, tenant, { ...request.params, userId });
    return withdrawn.ok ? reply.code(204).send() : sendRefusal(request, reply, withdrawn.refusal);
  });

  http.get(
    `${AT}/versions`,
    { schema: { ...schema, querystring: VersionsQuery, response: { 200: RulesVersionPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { after, limit = VERSIONS } = request.query;
      const before = cursorOf(after);
      const found = await listVersions(platform, tenant, {
        ...request.params,
        before,
        limit: Math.min(limit, VERSIONS),
      });
      if (!found.ok) return sendRefusal(request, reply, found.refusal) as never;
      const telling = await tellingOf(options, tenant, request);
      const items = found.value.map(({ rules, previous, withdrawn: _withdrawn, previousRulesId: _id, ...row }) => {
        const levelNames = new Map([...(previous?.levels ?? []), ...rules.levels].map(({ id, name }) => [id, name]));
        const changes = previous === null ? [] : compareRules(previous, rules);
        return {
          ...row,
          effectiveAt: row.effectiveAt.toString(),
          changes: changes.map((change) => tellChange(change, telling, { from: null, levelNames }).text),
        };
      });
      const next = items.length < Math.min(limit, VERSIONS) ? null : String(items.at(-1)!.publicationId);
      return { items, next };
    },
  );
}
