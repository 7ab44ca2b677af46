import {
  CertificateBlock,
  CertificateEntries,
  CertificatePage,
  CertificateParams,
  CertificateQuery,
  CertificateTopUp,
  CertificateView,
  CertificateWriteOff,
  CouponUsesQuery,
  NewCertificate,
} from '@tessera/contract';
import { cursorOf, type Http, nextOf, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import {
  selectCertificate,
  selectCertificateEntries,
  selectCertificates,
  updateCertificateBlocked,
} from './certificates.store.ts';
import type { CouponRoutesOptions } from './kinds.routes.ts';
import { changeCertificate, issueCertificate } from './manage-certificates.ts';
import { normaliseCode } from './model.ts';
import { toCertificateView } from './present.ts';

const tags = ['certificates'];
const PAGE_ROWS = 50;

/** Gift certificates: /api/v1/certificates. */
export function certificateRoutes(http: Http, options: CouponRoutesOptions): void {
  readingRoutes(http, options);
  writingRoutes(http, options);
}

function readingRoutes(http: Http, { authorize }: CouponRoutesOptions): void {
  http.get(
    '/api/v1/certificates',
    { schema: { tags, querystring: CertificateQuery, response: { 200: CertificatePage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS, code } = request.query;
      const codeFrom = code === undefined ? null : normaliseCode(code);
      const page = { codeFrom, before: cursorOf(after), limit };
      const items = (await selectCertificates(actor.value.tenant, page)).map(toCertificateView);
      return { items, next: nextOf(items, limit, ({ certificateId }) => certificateId) };
    },
  );

  http.get(
    '/api/v1/certificates/:certificateId',
    { schema: { tags, params: CertificateParams, response: { 200: CertificateView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const certificate = await selectCertificate(tenant, tenant.companyId, request.params.certificateId);
      if (!certificate) return sendRefusal(request, reply, { code: 'certificate_unknown' }) as never;
      return toCertificateView(certificate);
    },
  );

  http.get(
    '/api/v1/certificates/:certificateId/entries',
    {
      schema: { tags, params: CertificateParams, querystring: CouponUsesQuery, response: { 200: CertificateEntries } },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const page = { before: cursorOf(after), limit };
      const entries = await selectCertificateEntries(actor.value.tenant, request.params.certificateId, page);
      return {
        items: entries.map(({ sequence, kind, amount, balance, checkId, recordedAt }) => ({
          sequence,
          kind,
          amount: Number(amount),
          balance: Number(balance),
          checkId,
          recordedAt: recordedAt.toString(),
        })),
        next: nextOf(entries, limit, ({ sequence }) => sequence),
      };
    },
  );
}

function writingRoutes(http: Http, { platform, authorize }: CouponRoutesOptions): void {
  http.post(
    '/api/v1/certificates',
    { schema: { tags, security: OPEN_TO_PROGRAMS, body: NewCertificate, response: { 200: CertificateView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { externalId: key, amount, note = '', ...rest } = request.body;
      const wish = { ...rest, key, note, amount: BigInt(amount) };
      const issued = await issueCertificate(platform, actor.value.tenant, wish);
      return issued.ok ? toCertificateView(issued.value) : (sendRefusal(request, reply, issued.refusal) as never);
    },
  );

  http.post(
    '/api/v1/certificates/:certificateId/top-ups',
    {
      schema: {
        tags,
        security: OPEN_TO_PROGRAMS,
        params: CertificateParams,
        body: CertificateTopUp,
        response: { 200: CertificateView },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { externalId: key, amount, paid } = request.body;
      const move = { kind: 'top_up', amount: BigInt(amount), paid } as const;
      const changed = await changeCertificate(platform, actor.value.tenant, { ...request.params, move, key });
      return changed.ok ? toCertificateView(changed.value) : (sendRefusal(request, reply, changed.refusal) as never);
    },
  );

  http.post(
    '/api/v1/certificates/:certificateId/write-offs',
    { schema: { tags, params: CertificateParams, body: CertificateWriteOff, response: { 200: CertificateView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const change = { ...request.params, move: { kind: 'write_off' }, key: request.body.externalId } as const;
      const changed = await changeCertificate(platform, actor.value.tenant, change);
      return changed.ok ? toCertificateView(changed.value) : (sendRefusal(request, reply, changed.refusal) as never);
    },
  );

  http.put(
    '/api/v1/certificates/:certificateId/block',
    { schema: { tags, params: CertificateParams, body: CertificateBlock, response: { 200: CertificateView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { certificateId } = request.params;
      const known = await updateCertificateBlocked(tenant, certificateId, request.body.blocked);
      if (!known) return sendRefusal(request, reply, { code: 'certificate_unknown' }) as never;
      return toCertificateView((await selectCertificate(tenant, tenant.companyId, certificateId))!);
    },
  );
}
