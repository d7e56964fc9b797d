/** Every table of the product. A feature adds its entities here. */
import { SnapshotChange } from '../features/relay-link/snapshot-change.entity.ts';
import { Token } from '../features/token/token.entity.ts';
import { User } from '../features/user/user.entity.ts';

export const entities = [SnapshotChange, Token, User] as const;
