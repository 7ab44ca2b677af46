/** Apple Wallet bundles: build, sign, check. Node built-ins only. */
export type { BundleFiles, CompiledAssets } from './assets.ts';
export { compileAssets } from './assets.ts';
export type { BundleInput, BundleParts } from './bundle.ts';
export { buildBundle, buildBundleParts } from './bundle.ts';
export type { Certificate, DistinguishedName } from './certificate.ts';
export type { PemOrDer } from './credential-input.ts';
export type * from './pass.ts';
export type { Signer, SignerInput } from './signer.ts';
export { createSigner } from './signer.ts';
