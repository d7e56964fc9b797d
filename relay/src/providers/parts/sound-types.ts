const types: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', opus: 'audio/ogg', aac: 'audio/aac', flac: 'audio/flac', wav: 'audio/wav', pcm: 'audio/pcm' };

/** The content type of a form of sound, as clients name forms; of an unknown one that of MP3. */
export const soundType = (form: string): string => (Object.hasOwn(types, form) ? types[form]! : 'audio/mpeg');
