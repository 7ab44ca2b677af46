import { DraftPreview, ErrorBody, Example, ExampleWish, PreviewDraft, RulesDraft, SaveDraft } from '@tessera/contract';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { isPublishable } from './check-rules.ts';
import { type DraftView, discardDraft, readDraft, saveDraft } from './edit-draft.ts';
import { previewDraft } from './preview-draft.ts';
import { AT, answer, instantOf, ProgrammeParams, type ProgrammeRoutesOptions, tags, tellingOf } from './route-parts.ts';
import { tellChange, tellProblems } from './tell-change.ts';
import { tellExample } from './tell-example.ts';
import { tryExample } from './try-example.ts';

/** …/draft, …/draft/preview and …/example of a programme. */
export function draftRoutes(http: Http, options: ProgrammeRoutesOptions): void {
  drafts(http, options);
  examples(http, options);
}

const toDraft = ({ updatedAt, body, ...view }: DraftView): RulesDraft => ({
  ...view,
  body,
  updatedAt: updatedAt?.toString() ?? null,
});

function drafts(http: Http, options: ProgrammeRoutesOptions): void {
  const { platform, authorize } = options;
  const schema = { tags, params: ProgrammeParams };
  http.get(`${AT}/draft`, { schema: { ...schema, response: { 200: RulesDraft } } }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const draft = await readDraft(platform, tenant, request.params.programmeId);
    return draft.ok ? toDraft(draft.value) : (sendRefusal(request, reply, draft.refusal) as never);
  });

  http.put(
    `${AT}/draft`,
    { schema: { ...schema, body: SaveDraft, response: { 200: RulesDraft, '4xx': ErrorBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const saved = await saveDraft(platform, tenant, { ...request.params, ...request.body, userId });
      if (!saved.ok) return sendRefusal(request, reply, saved.refusal) as never;
      return toDraft(saved.value);
    },
  );

  http.delete(`${AT}/draft`, { schema }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const discarded = await discardDraft(actor.value.tenant, request.params.programmeId);
    return discarded.ok ? reply.code(204).send() : sendRefusal(request, reply, discarded.refusal);
  });

  http.post(
    `${AT}/draft/preview`,
    { schema: { ...schema, body: PreviewDraft, response: { 200: DraftPreview } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const at = instantOf(request.body.at);
      const wish = { ...request.params, body: request.body.body ?? null, at };
      const found = await previewDraft(platform, tenant, wish);
      if (!found.ok) return sendRefusal(request, reply, found.refusal) as never;
      const { check, changes, live } = found.value;
      const telling = await tellingOf(options, tenant, request);
      const levels = [...live.levels, ...(check.ok ? check.rules.levels : [])];
      const levelNames = new Map(levels.map(({ id, name }) => [id, name]));
      return {
        changes: changes.map((change) => tellChange(change, telling, { from: at, levelNames })),
        problems: tellProblems(check, telling),
        publishable: isPublishable(check) && changes.length > 0,
      };
    },
  );
}

function examples(http: Http, options: ProgrammeRoutesOptions): void {
  const { platform, authorize } = options;
  http.post(
    `${AT}/example`,
    { schema: { tags, params: ProgrammeParams, body: ExampleWish, response: { 200: Example, '4xx': ErrorBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { total, level, balance, spend, venue, body, of = 'draft' } = request.body;
      const found = await tryExample(platform, tenant, {
        ...request.params,
        total: BigInt(total),
        level: level ?? null,
        balance: BigInt(balance ?? 0),
        spend: BigInt(spend ?? 0),
        venue: venue ?? null,
        body: body ?? null,
        of,
      });
      if (!found.ok) return (await answer(options, tenant, { request, reply }, found)) as never;
      return tellExample(found.value, BigInt(total), await tellingOf(options, tenant, request));
    },
  );
}
