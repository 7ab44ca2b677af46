import type { partsOf } from './kinds.ts';
import type { DraftInHand } from './use-draft.ts';

/** What every part of the editor is given: the draft, and which parts matter for the programme's type. */
export type PartProps = { readonly draft: DraftInHand; readonly parts: ReturnType<typeof partsOf> };
