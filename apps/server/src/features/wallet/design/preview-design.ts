import { type DesignPreview, type Result, refuse, succeed } from '@tessera/contract';
import { validatePass } from '@tessera/pkpass';
import type { Tenant } from '../../../platform/database/index.ts';
import { renderGoogleFace } from '../google/render-face.ts';
import { lastingKeys } from '../lasting.ts';
import type { CardSubject, PassIdentity, PassRecord } from '../model.ts';
import { renderApplePass } from '../render-apple-pass.ts';
import { contentsOf, identityOf, NOTHING_OWN, takeSnapshot } from '../render-pass.ts';
import { renderPicture } from '../render-picture.ts';
import type { CardContent } from '../resolve-fields.ts';
import { SAMPLE_SERIAL, sampleSubject } from '../sample-subject.ts';
import { selectPassesBySerial } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { DesignBody } from './body.ts';
import { checkBody } from './check-body.ts';
import { findTruncated } from './find-truncated.ts';
import { type DesignProblem, isError, problem } from './problem.ts';

export type PreviewRequest = {
  readonly body: DesignBody;
  readonly name: string;
  readonly credentialId: number | null;
  /** A real card, which lends its guest and its own texts. */
  readonly serial: string | null;
};

export type Preview = {
  readonly problems: readonly DesignProblem[];
  readonly faces: DesignPreview['faces'];
};

/** The faces of a design that is not saved, and everything that is wrong with it. Refuses `card_not_found`. */
export async function previewDesign(wallet: Wallet, tenant: Tenant, request: PreviewRequest): Promise<Result<Preview>> {
  const { body, name, credentialId, serial } = request;
  const card = serial === null ? sampleCard(wallet, body) : await realCard(wallet, tenant, serial);
  if (!card) return refuse('card_not_found');
  const { subject, own, identity } = card;
  const snapshot = takeSnapshot({ body, revision: 0 }, own, subject);
  // In the order of the design, whatever the guest's language.
  const { lead: _, ...neutral } = snapshot;
  const contents = contentsOf({ body }, own, neutral, identity);
  const found = await checkBody(tenant, { body, credentialId }, wallet.clock.now());
  const faces = contents.map(({ language, content }) => ({
    language,
    card: { ...renderPicture(content, tenant.companyId), lasting: lastingKeys(body, own) },
    google: renderGoogleFace({ name, body }, { language, content }, tenant.companyId),
    messages: messagesOf(content),
    nearby: nearbyOf(content),
  }));
  const [{ content }] = contents;
  const problems = [
    ...found,
    ...contents.flatMap((one) => findTruncated(body, one.content, one.language)),
    ...(body.barcode && content.barcode && content.barcode.format !== body.barcode.format
      ? [problem('barcode/format', 'barcode_other_format')]
      : []),
    ...(found.some(isError) ? [] : refusedByPhones(content)),
  ];
  return succeed({ problems, faces });
}

type PreviewedCard = {
  readonly subject: CardSubject;
  readonly own: Pick<PassRecord, 'ownValues' | 'own' | 'voided' | 'createdAt'>;
  readonly identity: PassIdentity;
};

const sampleCard = ({ clock }: Wallet, { language }: DesignBody): PreviewedCard => ({
  subject: sampleSubject(language),
  own: { ...NOTHING_OWN, createdAt: clock.now() },
  identity: { serial: SAMPLE_SERIAL, guid: '00000000-0000-4000-8000-000000000000', token: '' },
});

async function realCard(wallet: Wallet, tenant: Tenant, serial: string): Promise<PreviewedCard | null> {
  const [pass] = await selectPassesBySerial(tenant, tenant.companyId, serial);
  if (!pass || pass.deletedAt) return null;
  return { subject: await wallet.loadSubject(tenant, pass.accountId), own: pass, identity: identityOf(pass) };
}

/** What a phone says when a field changes to what it is now. */
const messagesOf = ({ fields }: CardContent) =>
  Object.values(fields)
    .flat()
    .flatMap(({ key, value, changeMessage }) =>
      changeMessage ? [{ field: key, text: changeMessage.replaceAll('%@', () => value) }] : [],
    );

const nearbyOf = ({ places = [], beacons = [] }: CardContent): string[] => [
  ...new Set([...places, ...beacons].map(({ text }) => text).filter((text) => text !== '')),
];

/** The last look, by the strict check of finished cards: nothing should be left for it to find. */
function refusedByPhones(content: CardContent): DesignProblem[] {
  const pass = renderApplePass(content, {
    passTypeIdentifier: 'pass.example.preview',
    teamIdentifier: 'PREVIEW123',
    serial: SAMPLE_SERIAL,
    authenticationToken: '0'.repeat(32),
    webServiceUrl: 'https://cards.example/wallet/apple',
    nfcCapable: true,
  });
  return validatePass(pass)
    .filter(isError)
    .map(({ path, code }) => problem('', 'phone_refuses', { place: path, reason: code }));
}
