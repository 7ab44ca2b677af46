import {
  CredentialList,
  CredentialRow,
  type ErrorBody,
  NewCredential,
  PhoneReportList,
  ResumePushes,
  UploadCertificate,
} from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { type Authorize, errorBody, type Http, sendRefusal } from '../../platform/http/index.ts';
import { createCredential } from './create-credential.ts';
import { describeCredential, type Reader, tellProblem } from './describe-credential.ts';
import { describeReports } from './describe-reports.ts';
import { resumePushes } from './resume-pushes.ts';
import { selectCredential, selectCredentials } from './store/credentials.ts';
import { selectPushStates } from './store/push-states.ts';
import { countUnfetched } from './store/unfetched.ts';
import { type CertificateFiles, uploadCertificate } from './upload-certificate.ts';
import type { Wallet } from './wallet.ts';

export type CredentialRoutesOptions = { readonly wallet: Wallet; readonly authorize: Authorize };

const tags = ['wallet'];

/** GET, POST /api/v1/credentials; GET …/:credentialId/request.csr; POST …/:credentialId/certificate, …/resume-pushes. */
export function credentialRoutes(http: Http, options: CredentialRoutesOptions): void {
  listRoute(http, options);
  createRoute(http, options);
  requestRoute(http, options);
  certificateRoute(http, options);
  resumeRoute(http, options);
  reportsRoute(http, options);
}

function listRoute(http: Http, { wallet, authorize }: CredentialRoutesOptions): void {
  const schema = { tags, response: { 200: CredentialList } };
  http.get('/api/v1/credentials', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: await describeAll(wallet, actor.value.tenant, request) };
  });
}

function createRoute(http: Http, { wallet, authorize }: CredentialRoutesOptions): void {
  const schema = { tags, body: NewCredential, response: { 201: CredentialRow } };
  // Each call makes an RSA key: a second of a core when somebody holds down a button.
  const config = { rateLimit: { max: 10, timeWindow: '1 minute' } };
  http.post('/api/v1/credentials', { schema, config, bodyLimit: 4 * 1024 }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const created = await createCredential(wallet, tenant, request.body);
    if (!created.ok) return sendRefusal(request, reply, created.refusal) as never;
    if ('nameTaken' in created.value) {
      const fields = [{ path: 'body/name', message: request.t('server:credential.name_taken') }];
      return reply.code(400 as 201).send(errorBody({ code: 'invalid_request' }, request.t, fields) as never);
    }
    return reply.code(201).send(await describeOne(wallet, tenant, created.value.credentialId, request));
  });
}

function requestRoute(http: Http, { authorize }: CredentialRoutesOptions): void {
  http.get('/api/v1/credentials/:credentialId/request.csr', { schema: { tags } }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const credentialId = readId(request.params);
    const credential = credentialId === null ? null : await selectCredential(tenant, tenant.companyId, credentialId);
    if (!credential?.requestPem) return sendRefusal(request, reply, { code: 'not_found' });
    return reply
      .header('content-type', 'application/pkcs10')
      .header('content-disposition', `attachment; filename="${credential.passTypeIdentifier}.csr"`)
      .send(credential.requestPem);
  });
}

function certificateRoute(http: Http, { wallet, authorize }: CredentialRoutesOptions): void {
  const schema = { tags, body: UploadCertificate, response: { 200: CredentialRow } };
  http.post('/api/v1/credentials/:credentialId/certificate', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const credentialId = readId(request.params);
    if (credentialId === null) return sendRefusal(request, reply, { code: 'not_found' }) as never;
    const uploaded = await uploadCertificate(wallet, tenant, { credentialId, ...readFiles(request.body) });
    if (!uploaded.ok) return sendRefusal(request, reply, uploaded.refusal) as never;
    const { accepted, problems } = uploaded.value;
    if (!accepted) {
      const fields: ErrorBody['error']['fields'] = problems
        .filter(({ severity }) => severity === 'error')
        .map((problem) => ({ path: problem.code, message: tellProblem(problem, request) }));
      return reply.code(400 as 200).send(errorBody({ code: 'credential_refused' }, request.t, fields) as never);
    }
    return describeOne(wallet, tenant, credentialId, request);
  });
}

function resumeRoute(http: Http, { wallet, authorize }: CredentialRoutesOptions): void {
  const schema = { tags, body: ResumePushes, response: { 200: CredentialRow } };
  http.post('/api/v1/credentials/:credentialId/resume-pushes', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const credentialId = readId(request.params);
    const resumed = credentialId !== null && (await resumePushes(wallet, tenant, { credentialId, ...request.body }));
    if (!resumed) return sendRefusal(request, reply, { code: 'not_found' }) as never;
    return describeOne(wallet, tenant, credentialId, request);
  });
}

/** GET /api/v1/phone-reports */
function reportsRoute(http: Http, { wallet, authorize }: CredentialRoutesOptions): void {
  const schema = { tags, response: { 200: PhoneReportList } };
  http.get('/api/v1/phone-reports', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'devices.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return describeReports(actor.value.tenant, wallet.clock.now(), request);
  });
}

async function describeAll(
  wallet: Wallet,
  tenant: Tenant,
  reader: Reader,
  credentialId: number | null = null,
): Promise<CredentialRow[]> {
  const { companyId } = tenant;
  const [credentials, pushes, waiting] = await Promise.all([
    selectCredentials(tenant, companyId, credentialId),
    selectPushStates(tenant, companyId),
    countUnfetched(tenant, companyId),
  ]);
  const now = wallet.clock.now();
  return credentials.map((credential) => {
    const { credentialId: id } = credential;
    return describeCredential(credential, now, reader, { push: pushes.get(id), waiting: waiting.get(id) });
  });
}

async function describeOne(
  wallet: Wallet,
  tenant: Tenant,
  credentialId: number,
  reader: Reader,
): Promise<CredentialRow> {
  const [credential] = await describeAll(wallet, tenant, reader, credentialId);
  return credential!;
}

function readFiles(body: UploadCertificate): CertificateFiles {
  return {
    certificate: Buffer.from(body.certificate, 'base64'),
    ...(body.privateKey ? { privateKey: Buffer.from(body.privateKey, 'base64') } : {}),
    ...(body.passphrase ? { passphrase: body.passphrase } : {}),
    ...(body.intermediate ? { intermediate: Buffer.from(body.intermediate, 'base64') } : {}),
  };
}

function readId(params: unknown): number | null {
  const { credentialId } = params as { credentialId: string };
  return /^[1-9]\d{0,8}$/.test(credentialId) ? Number(credentialId) : null;
}
