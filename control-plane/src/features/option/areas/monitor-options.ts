/** Looking after channels without being asked (semantics 11.8). */
import { choice, flag, integer, type OptionSpec } from '../option-spec.ts';

export const monitorOptions = {
  'monitor_setting.auto_test_channel_enabled': flag(false, { describe: 'Whether all channels are tested every few minutes. Each test is a small paid request.' }),
  'monitor_setting.auto_test_channel_minutes': integer(10, 1, 10_080, { describe: 'Minutes from one run to the next.' }),
  'monitor_setting.channel_test_mode': choice('scheduled_all', ['scheduled_all', 'passive_recovery'], { describe: 'scheduled_all tests every channel that no person has switched off; passive_recovery only those that were switched off by themselves.' }),
  'monitor_setting.upstream_model_update_minutes': integer(30, 0, 10_080, { describe: 'Minutes from one question to the next for the models of providers, of channels whose settings ask for it (upstream_model_update_check_enabled); 0: nobody is asked.' }),
} satisfies Record<string, OptionSpec>;
