/** Speech of VolcEngine (providers 3.8, 4.16): at a host of its own, with an application and its token; sound comes as it is made. */
import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../dialects/chat-event.ts';
import { isObject, member, parseJson, text, wire } from '../../dialects/json-member.ts';
import { cannot } from '../../dialects/request/losses.ts';
import type { ServedAs } from '../../endpoints/served.ts';
import type { Failure } from '../../failure/failure.ts';
import type { Call } from '../provider.ts';
import { soundType } from './sound-types.ts';
import { askingFrame, soundReader } from './volcengine-frames.ts';

export const arkBase = 'https://ark.cn-beijing.volces.com';
const speechHost = 'https://openspeech.bytedance.com', path = '/api/v1/tts/ws_binary';

/** Its word for a form of sound. */
const encodings: Readonly<Record<string, string>> = { mp3: 'mp3', opus: 'ogg_opus', wav: 'wav', pcm: 'pcm' };
/** OpenAI's voices by one of its own each; all others are taken for its own names. The channel's setting `voices` comes first. */
const voices: Readonly<Record<string, string>> = {
  alloy: 'zh_male_M392_conversation_wvae_bigtts', echo: 'zh_male_wenhao_mars_bigtts', fable: 'zh_female_tianmei_mars_bigtts',
  onyx: 'zh_male_dongfanghaoran_moon_bigtts', nova: 'zh_female_shuangkuaisisi_moon_bigtts', shimmer: 'zh_female_cancan_mars_bigtts',
};

const formOf = (asked: Json | undefined): string => text(asked) ?? 'mp3';

export const volcengineSpeech: ServedAs = {
  path: ({ base }) => (base === arkBase ? `${speechHost}${path}` : path),
  writeRequest: ({ input, voice, speed, response_format: form }): JsonObject | Failure => {
    const encoding = Object.hasOwn(encodings, formOf(form)) ? encodings[formOf(form)] : undefined;
    if (!encoding) return cannot('response_format', 'must be mp3, opus, wav or pcm: this provider makes no other');
    return { user: { uid: 'weir' }, audio: wire({ voice_type: voice, encoding, speed_ratio: speed }), request: { text: input ?? '', operation: 'submit' } };
  },
  overSocket: {
    write: askingFrame,
    newReader: ({ response_format: form }) => soundReader(soundType(formOf(form))),
  },
};

/** What only the channel knows: whose application it is, and its names for voices. Each request has a name of its own. */
export function inApplication(body: Buffer, { credential, extra }: Call): Buffer {
  const written = parseJson(body.toString('utf8'));
  if (!isObject(written)) return body;
  const { appId = '', accessToken = '' } = credential, asked = text(member(written['audio'], 'voice_type')) ?? '';
  const audio = isObject(written['audio']) ? written['audio'] : {}, request = isObject(written['request']) ? written['request'] : {};
  const voice = text(member(extra.settings['voices'], asked)) ?? (Object.hasOwn(voices, asked) ? voices[asked] : asked);
  return Buffer.from(JSON.stringify({
    ...written, app: { appid: appId, token: accessToken, cluster: 'volcano_tts' }, audio: { ...audio, voice_type: voice }, request: { ...request, reqid: randomUUID() },
  }));
}
