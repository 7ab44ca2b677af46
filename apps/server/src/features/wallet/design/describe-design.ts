import type { DesignDetail, DesignProblem as ToldProblem } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import { checkBody } from './check-body.ts';
import { countCards, selectSavedDesign } from './designs.store.ts';
import type { DesignProblem } from './problem.ts';

type Reader = {
  readonly t: Translate;
  readonly now: Temporal.Instant;
  readonly programmes: ReadonlyMap<number, string>;
};

/** A design for its editor, with what phones will not show of it; null when there is none. */
export async function describeDesign(
  tenant: Tenant,
  designId: number,
  { t, now, programmes }: Reader,
): Promise<DesignDetail | null> {
  const design = await selectSavedDesign(tenant, tenant.companyId, designId);
  if (!design) return null;
  const { newest, credentialId } = design;
  const problems = await checkBody(tenant, { body: newest.body, credentialId }, now);
  return {
    designId,
    name: design.name,
    programmeId: design.programmeId,
    programme: programmes.get(design.programmeId) ?? '',
    credentialId,
    // The schema's arrays may be changed, ours never are: a copy belongs to whoever asked.
    body: structuredClone(newest.body) as DesignDetail['body'],
    revision: newest.revision,
    published: design.revision,
    passes: await countCards(tenant, tenant.companyId, designId),
    savedAt: newest.at.toString(),
    lastPushAt: design.pushedAt?.toString() ?? null,
    archivedAt: design.archivedAt?.toString() ?? null,
    problems: tellProblems(problems, t),
  };
}

/** Problems with their sentences. */
export const tellProblems = (problems: readonly DesignProblem[], t: Translate): ToldProblem[] =>
  problems.map(({ path, code, severity, parameters }) => ({
    path,
    code,
    severity,
    parameters: { ...parameters },
    message: t(`server:design.problem.${code}`, parameters),
  }));
