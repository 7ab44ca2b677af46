/** Looks at a finished `.pkpass` as a strict phone would. Used by tests, by self-checks and by the simulated phone. */
import { hash } from 'node:crypto';
import { reservedNames } from './assets.ts';
import { type BundleProblem, bundleError } from './bundle-problem.ts';
import { checkSignature, type SignatureTrust } from './check-signature.ts';
import { type CredentialFacts, readFacts } from './credential.ts';
import { isObject, type JsonObject } from './json-shape.ts';
import type { PassProblem } from './pass-problem.ts';
import { validateAssets } from './validate-assets.ts';
import { validatePass } from './validate-pass.ts';
import { readZip } from './zip-reader.ts';

export type BundleCheckOptions = SignatureTrust & {
  /** Lets `webServiceURL` use http on localhost, for a simulated phone. */
  readonly allowLocalHttp?: boolean;
};

export type BundleReport = {
  /** No errors; warnings are allowed. */
  readonly ok: boolean;
  /** Archive, manifest and signature. */
  readonly problems: readonly BundleProblem[];
  /** Content of pass.json, images, and both against the certificate. */
  readonly passProblems: readonly PassProblem[];
  /** pass.json as parsed; undefined when it is not a JSON object. */
  readonly pass: JsonObject | undefined;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly signingTime: Temporal.Instant | undefined;
  /** About the signing certificate. */
  readonly facts: CredentialFacts | undefined;
};

/** Checks zip, manifest both ways, signature, certificates, pass.json and images. Never throws for bad bytes. */
export function checkBundle(bytes: Uint8Array, options: BundleCheckOptions = {}): BundleReport {
  const { files, problems: zipProblems } = readZip(bytes);
  const problems: BundleProblem[] = [...zipProblems];
  for (const name of reservedNames) if (!files.has(name)) problems.push(bundleError('file_missing', { name }));

  const manifest = files.get('manifest.json');
  const signature = files.get('signature');
  if (manifest) problems.push(...checkManifest(manifest, files));
  const signed = manifest && signature ? checkSignature(signature, manifest, options) : undefined;
  if (signed) problems.push(...signed.problems);
  const facts = signed?.signer && readFacts(signed.signer, signed.intermediate);

  const passBytes = files.get('pass.json');
  const pass = passBytes && parseObject(passBytes);
  if (passBytes && !pass) problems.push(bundleError('pass_malformed'));
  const passProblems = [
    ...(pass
      ? validatePass(pass, { ...(facts ? { identity: facts } : {}), allowLocalHttp: options.allowLocalHttp === true })
      : []),
    ...validateAssets(files),
  ];
  const ok = [...problems, ...passProblems].every(({ severity }) => severity !== 'error');
  return { ok, problems, passProblems, pass, files, signingTime: signed?.signingTime, facts };
}

/** Every file listed, every listed file there, every hash right. */
function checkManifest(manifest: Buffer, files: ReadonlyMap<string, Buffer>): BundleProblem[] {
  const hashes = parseObject(manifest);
  if (!hashes) return [bundleError('manifest_malformed')];
  const problems: BundleProblem[] = [];
  for (const [name, value] of Object.entries(hashes)) {
    const data = files.get(name);
    if (typeof value !== 'string' || !/^[0-9a-f]{40}$/.test(value)) problems.push(bundleError('manifest_malformed'));
    else if (!data) problems.push(bundleError('manifest_file_missing', { name }));
    else if (hash('sha1', data, 'hex') !== value) problems.push(bundleError('manifest_hash', { name }));
  }
  for (const name of files.keys()) {
    if (name === 'manifest.json' || name === 'signature' || Object.hasOwn(hashes, name)) continue;
    problems.push(bundleError('manifest_entry_missing', { name }));
  }
  return problems;
}

/** Strict UTF-8 and JSON; undefined for anything but an object. */
function parseObject(bytes: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
