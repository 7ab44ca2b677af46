import { type BundleParts, buildBundleParts, type CompiledAssets, compileAssets } from '@tessera/pkpass';
import type { Tenant } from '../../platform/database/index.ts';
import { localizePasses } from './apple/localize-pass.ts';
import { languagesOf } from './design/localize.ts';
import { bundlePictures, withOwnPictures } from './design/pictures-of-language.ts';
import type { CardNews, Design, PassRecord } from './model.ts';
import { passToken } from './pass-token.ts';
import { renderApplePass } from './render-apple-pass.ts';
import { contentsOf } from './render-pass.ts';
import type { LocalContent } from './resolve-fields.ts';
import { signerOf } from './signers.ts';
import { selectAsset, selectBuildStamp, selectDesign } from './store/designs.ts';
import { type Wallet, webServiceUrl } from './wallet.ts';

/** Phones refuse a signature from their future; clocks are seconds apart. */
const SIGNED_AGO_SECONDS = 30;

/**
 * The signed bundle of a card's newest version. Made once for all who ask at the same time, and kept while the version,
 * the design's revision and the certificate stay.
 */
export async function bundleOf(wallet: Wallet, tenant: Tenant, pass: PassRecord): Promise<BundleParts> {
  const stamp = await selectBuildStamp(tenant, tenant.companyId, pass);
  // By its marker, which no other version ever has: a database that was restored counts versions again.
  const key = [tenant.companyId, pass.passId, pass.updateSequence, stamp.revision, stamp.certificate].join(':');
  return wallet.bundles.get(key, () => build(wallet, tenant, pass));
}

async function build(wallet: Wallet, tenant: Tenant, pass: PassRecord): Promise<BundleParts> {
  const design = await selectDesign(tenant, tenant.companyId, pass.designId);
  if (!design) throw new Error(`A pass has no design ${pass.designId}.`);
  const signer = await signerOf(wallet, tenant, pass.credentialId);
  if (!signer) throw new Error(`Credential ${pass.credentialId} of a pass has no certificate.`);
  const { passTypeIdentifier, serial, guid } = pass;
  const token = passToken(wallet.vault, pass.tokenKeyId, passTypeIdentifier, serial);
  const contents = contentsOf(design, pass, pass.snapshot, { serial, guid, token });
  const { teamIdentifier } = signer;
  const { nfcCapable } = signer;
  const frame = { passTypeIdentifier, teamIdentifier, serial, authenticationToken: token, nfcCapable };
  const notBefore = signer.signer.certificate.notBefore;
  const signedAt = wallet.clock.now().subtract({ seconds: SIGNED_AGO_SECONDS });
  const say = ({ language, content }: LocalContent) => ({
    language,
    pass: renderApplePass(content, { ...frame, webServiceUrl: webServiceUrl(wallet) }),
  });
  const [first, ...others] = contents;
  const localized = localizePasses([say(first), ...others.map(say)]);
  const bundle = await buildBundleParts({
    signer: signer.signer,
    assets: await compiledAssetsOf(wallet, tenant, design, pass.own.news?.images),
    pass: localized.pass,
    extraFiles: localized.files,
    signingTime: Temporal.Instant.compare(signedAt, notBefore) < 0 ? notBefore : signedAt,
  });
  wallet.metrics.passesBuilt.inc();
  return bundle;
}

/** A design's pictures with their hashes and zip records, made once per revision and banner. */
function compiledAssetsOf(
  wallet: Wallet,
  tenant: Tenant,
  design: Design,
  banner: CardNews['images'],
): Promise<CompiledAssets> {
  const own = Object.entries(banner ?? {}).flat();
  const key = [tenant.companyId, design.designId, design.revision, ...own].join(':');
  const images = withOwnPictures(design.body.images, banner);
  return wallet.assets.get(key, async () => {
    const files = new Map<string, Uint8Array>();
    for (const [name, sha256] of Object.entries(bundlePictures(images, languagesOf(design.body)))) {
      // Google's wide picture, which Wallet does not know.
      if (name.startsWith('hero')) continue;
      const asset = await selectAsset(tenant, tenant.companyId, sha256);
      if (!asset) throw new Error(`Design ${design.designId} has lost its picture ${name}.`);
      files.set(name, asset.bytes);
    }
    return compileAssets(files);
  });
}
