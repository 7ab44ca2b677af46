import type { PassDetail } from '@tessera/contract';
import { createDesign } from '../src/features/wallet/index.ts';
import type { PassRecord } from '../src/features/wallet/model.ts';
import { selectPass } from '../src/features/wallet/store/passes.ts';
import { testDraft, testFiles } from './wallet-design.ts';
import { createWalletHouse, tokenOf, type WalletHouse } from './wallet-house.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A wallet house in which an owner works on single cards. */
export type PassHouse = WalletHouse & {
  /** Calls the console's interface; `code` is that of a refusal. */
  call<T = PassDetail>(
    method: Method,
    url: string,
    payload?: unknown,
  ): Promise<{ status: number; body: T; code: string | undefined }>;
  now(pass: { passId: number }): Promise<PassRecord>;
  /** An iPhone takes the card. */
  register(pass: PassRecord): Promise<unknown>;
  /** Another design of the same programme and certificate. */
  secondDesign(name: string): Promise<number>;
};

export async function createPassHouse(): Promise<PassHouse> {
  const house = await createWalletHouse();
  const { companyId } = house.tenant;
  return {
    ...house,
    async call<T>(method: Method, url: string, payload?: unknown) {
      const body = payload === undefined ? {} : { payload: payload as object };
      const response = await house.http.inject({ method, url, ...body });
      const answer = response.json() as T & { error?: { code: string } };
      return { status: response.statusCode, body: answer, code: answer.error?.code };
    },
    now: async ({ passId }) => (await selectPass(house.tenant, companyId, passId))!,
    register: (pass) =>
      house.http.inject({
        method: 'POST',
        url: `/wallet/apple/v1/devices/phone-${pass.passId}/registrations/${pass.passTypeIdentifier}/${pass.serial}`,
        headers: { authorization: `ApplePass ${tokenOf(house, pass)}`, 'user-agent': 'passd/1.0 CFNetwork/1 Darwin/1' },
        payload: { pushToken: 'ab'.repeat(32) },
      }),
    async secondDesign(name) {
      const [design] = await house.tenant.query<{ credential_id: number; programme_id: number }>(
        'select credential_id, programme_id from designs where company_id = $1 and design_id = $2',
        [companyId, house.designId],
      );
      const made = await createDesign(house.wallet, house.tenant, {
        name,
        programmeId: design!.programme_id,
        credentialId: design!.credential_id,
        draft: testDraft(),
        files: testFiles,
      });
      if (!made.ok) throw new Error(made.refusal.code);
      return made.value.designId;
    },
  };
}
