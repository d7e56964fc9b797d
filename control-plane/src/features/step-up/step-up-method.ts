import { registerEnumType } from 'type-graphql';

export enum StepUpMethod { PASSWORD = 'PASSWORD', TOTP = 'TOTP', BACKUP_CODE = 'BACKUP_CODE', PASSKEY = 'PASSKEY' }
registerEnumType(StepUpMethod, {
  name: 'StepUpMethod', description: 'Ways to prove who is there.',
  valuesConfig: { PASSKEY: { description: 'Right after passkeyVerifyFinish, which proves it by itself.' }, PASSWORD: { description: 'Only for somebody who has nothing stronger.' } },
});
