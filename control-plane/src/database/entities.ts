/** Every table of the product. A feature adds its entities here. */
import { Token } from '../features/token/token.entity.ts';
import { User } from '../features/user/user.entity.ts';

export const entities = [Token, User] as const;
