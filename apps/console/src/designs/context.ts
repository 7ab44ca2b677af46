import type { DesignPreview, DesignVariable } from '@tessera/contract';
import { createContext, useContext } from 'react';
import type { Draft } from './draft.ts';
import type { Change, Problem } from './use-designer.ts';

/** What every section of the designer works with. */
export type InHand = {
  readonly draft: Draft;
  readonly change: Change;
  readonly problems: readonly Problem[];
  readonly variables: readonly DesignVariable[];
  /** The card in the first language, as phones will show it; undefined until it is drawn for the first time. */
  readonly face: DesignPreview['faces'][number] | undefined;
};

export const DesignerContext = createContext<InHand | null>(null);

export function useInHand(): InHand {
  const inHand = useContext(DesignerContext);
  if (!inHand) throw new Error('A section of the designer stands outside of it.');
  return inHand;
}

/** What is wrong at this very path, the worst first. */
export function useProblem(path: string): string | undefined {
  const here = useInHand().problems.filter((problem) => problem.path === path);
  return (here.find(({ severity }) => severity === 'error') ?? here[0])?.message;
}
