import { checkCredential, readPngSize, validateAssets } from '@tessera/pkpass';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectCredential } from '../store/credentials.ts';
import type { DesignBody } from './body.ts';
import { selectAssets } from './designs.store.ts';
import { findDesignProblems } from './find-problems.ts';
import { languagesOf } from './localize.ts';
import { bundlePictures } from './pictures-of-language.ts';
import { type DesignProblem, problem } from './problem.ts';

/** Everything that is wrong with a whole body: its texts, its pictures as they are stored, what its certificate allows. */
export async function checkBody(
  tenant: Tenant,
  { body, credentialId }: { body: DesignBody; credentialId: number | null },
  now: Temporal.Instant,
): Promise<DesignProblem[]> {
  const nfcCapable = body.nfc ? await mayUseNfc(tenant, credentialId, now) : null;
  return [
    ...findDesignProblems(body, Object.keys(body.images), { now, nfcCapable }),
    ...(await checkPictures(tenant, body)),
  ];
}

async function checkPictures(tenant: Tenant, body: DesignBody): Promise<DesignProblem[]> {
  const { images } = body;
  const stored = await selectAssets(tenant, tenant.companyId, [...new Set(Object.values(images))]);
  const missing = Object.entries(images).filter(([, sha256]) => !stored.has(sha256));
  const files = Object.fromEntries(
    Object.entries(images).flatMap(([name, sha256]) => {
      const bytes = stored.get(sha256);
      return bytes ? [[name, bytes] as const] : [];
    }),
  );
  // Google's picture is none of Apple's: it only has to be one.
  const foreign = Object.entries(files).filter(([name, bytes]) => name.startsWith('hero') && !readPngSize(bytes));
  // As they stand in a bundle: there a picture of one language stands beside those of the others.
  const laid = Object.entries(bundlePictures(images, languagesOf(body))).flatMap(([name, sha256]) => {
    const bytes = stored.get(sha256);
    return bytes ? [[name, bytes] as const] : [];
  });
  const unfit = validateAssets(Object.fromEntries(laid)).filter(
    ({ severity, code }) => severity === 'error' && code !== 'icon_missing',
  );
  return [
    ...missing.map(([name]) => problem(`images/${name}`, 'picture_missing')),
    ...foreign.map(([name]) => problem(`images/${name}`, 'picture_unfit')),
    ...unfit.map(({ path }) => problem(`images/${path}`, 'picture_unfit')),
  ];
}

/** Null where there is no certificate yet. */
async function mayUseNfc(tenant: Tenant, credentialId: number | null, now: Temporal.Instant): Promise<boolean | null> {
  const credential = credentialId === null ? null : await selectCredential(tenant, tenant.companyId, credentialId);
  if (!credential?.certificate || !credential.intermediate) return null;
  const { certificate, intermediate } = credential;
  return checkCredential({ certificate, intermediate, now }).facts?.nfcCapable ?? false;
}
