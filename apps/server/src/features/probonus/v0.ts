import type { ErrorCode, Result } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import type { Static, TSchema } from 'typebox';
import type { Tenant } from '../../platform/database/index.ts';
import type { Translate } from '../../platform/texts.ts';
import type { LoyaltyPlatform } from '../loyalty/index.ts';
import type { ApiClients } from '../staff/index.ts';
import type { Companies } from '../tenancy/index.ts';

export type ProbonusPlatform = LoyaltyPlatform & { readonly companies: Companies; readonly apiClients: ApiClients };

/** One call that has shown its token: whose it is, and in which language its sentences are told. */
export type V0Call = {
  readonly platform: ProbonusPlatform;
  readonly tenant: Tenant;
  readonly t: Translate;
  readonly language: Language;
};

/** A method behind the token: one definition for both verbs, its description and the shadow that computes beside it. */
export type V0Method<Body extends TSchema = TSchema, Answer extends TSchema = TSchema> = {
  /** `accounts/find_by_phone`. */
  readonly name: string;
  /** Asked by POST alone; a method that only reads answers to GET with a query as well. */
  readonly writes: boolean;
  readonly body: Body;
  readonly answer: Answer;
  /** What it may refuse beside a wrong body and a missing token. */
  readonly refusals: readonly ErrorCode[];
  /** A call that carries no such field cannot be repeated safely; absent for methods with a natural key. */
  readonly key?: string;
  readonly act: (call: V0Call, body: Static<Body>) => Promise<Result<Static<Answer>>>;
};

/** Keeps the types of body and answer together while the method is written. */
export const defineMethod = <Body extends TSchema, Answer extends TSchema>(method: V0Method<Body, Answer>): V0Method =>
  method as unknown as V0Method;
