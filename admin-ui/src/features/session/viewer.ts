/** Who is signed in, asked once and kept by the router; pages read it from here. */
import { createContext, useContext } from 'react';
import type { Client } from 'urql';
import type { ViewerQuery } from '../../gql/graphql.ts';
import { ViewerDocument } from './session.documents.ts';

export interface SignedIn {
  user: NonNullable<ViewerQuery['viewer']>['user'];
  permissions: readonly string[];
  quotaPerUnit: number;
  version: string;
  relayUrl: string;
}

export type Standing = { kind: 'setup-needed' } | { kind: 'signed-out' } | { kind: 'signed-in'; signedIn: SignedIn };

/** Asks once and remembers, so that moving between pages asks nothing; `forget` after sign-in, sign-out and an ended session. */
export class StandingDesk {
  private known: Promise<Standing> | undefined;
  private readonly client: Client;

  constructor(client: Client) { this.client = client; }

  current(): Promise<Standing> {
    this.known ??= this.ask().catch((error: unknown) => { this.forget(); throw error; });
    return this.known;
  }

  forget(): void { this.known = undefined; }

  /** Throws what the network or the server threw; the router shows it. */
  private async ask(): Promise<Standing> {
    const { data, error } = await this.client.query(ViewerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    if (!data) throw error ?? new Error('The server gave no answer');
    if (!data.setup.done) return { kind: 'setup-needed' };
    if (!data.viewer) return { kind: 'signed-out' };
    const { user, permissions } = data.viewer;
    return { kind: 'signed-in', signedIn: { user, permissions, ...data.site } };
  }
}

export const ViewerContext = createContext<SignedIn | undefined>(undefined);

export function useViewer(): SignedIn {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('This page stands outside the signed-in frame');
  return viewer;
}

export function useMay(permission: string): boolean {
  return useViewer().permissions.includes(permission);
}
