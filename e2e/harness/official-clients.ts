/** The official SDKs, as a customer would set them up for this gateway. */
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

export const openaiClient = (relayUrl: string, key: string): OpenAI => new OpenAI({ apiKey: key, baseURL: `${relayUrl}/v1`, maxRetries: 0, timeout: 15_000 });
export const anthropicClient = (relayUrl: string, key: string): Anthropic => new Anthropic({ apiKey: key, baseURL: relayUrl, maxRetries: 0, timeout: 15_000 });
export const googleClient = (relayUrl: string, key: string): GoogleGenAI => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: relayUrl, timeout: 15_000 } });
