import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlOf } from '../database/sql.ts';
import { restCaller, type RestCaller } from '../testing/rest-caller.ts';
import { startTestApp, type Data, type TestApp } from '../testing/test-app.ts';

let app: TestApp, admin: RestCaller;
beforeAll(async () => {
  app = await startTestApp();
  admin = await restCaller(app, { role: 10 });
});
afterAll(() => app.stop());

const add = async (key = 'sk-one-abcdefghijkl\nsk-two-abcdefghijkl\nsk-three-abcdefghij', mode = 'multi_to_single'): Promise<number> =>
  (await admin.call('POST', '/api/channel/', { mode, channel: { name: 'one', type: 1, key, models: 'gpt-4o', group: 'default' } })).body.data.id;
const manage = (channel_id: unknown, action: unknown, over: Data = {}) => admin.call('POST', '/api/channel/multi_key/manage', { channel_id, action, ...over });
const done = { status: 200, body: { success: true, message: '' } };

describe('POST /api/channel/multi_key/manage', () => {
  it('shows the states of the keys, a page at a time', async () => {
    const id = await add();
    expect(await manage(id, 'disable_key', { key_index: 1 })).toEqual(done);
    expect((await manage(id, 'get_key_status')).body).toEqual({ success: true, message: '', data: {
      keys: [{ index: 0, status: 1, key_preview: 'sk-one-abc...' }, { index: 1, status: 2, disabled_time: Math.floor(app.clock.now().getTime() / 1000), reason: '', key_preview: 'sk-two-abc...' }, { index: 2, status: 1, key_preview: 'sk-three-a...' }],
      total: 3, page: 1, page_size: 50, total_pages: 1, enabled_count: 2, manual_disabled_count: 1, auto_disabled_count: 0,
    } });
    expect((await manage(id, 'get_key_status', { status: 2 })).body.data).toMatchObject({ keys: [{ index: 1 }], total: 1 });
    expect((await manage(id, 'get_key_status', { page: 2, page_size: 2 })).body.data).toMatchObject({ keys: [{ index: 2 }], page: 2, page_size: 2, total_pages: 2 });
    expect((await admin.call('GET', `/api/channel/${id}`)).body.data.channel_info).toMatchObject({ is_multi_key: true, multi_key_status_list: { 1: 2 } });
  });

  it('switches, deletes, and counts what it deleted', async () => {
    const id = await add();
    expect(await manage(id, 'disable_all_keys')).toEqual(done);
    expect(await manage(id, 'enable_key', { key_index: 0 })).toEqual(done);
    expect((await manage(id, 'get_key_status')).body.data).toMatchObject({ enabled_count: 1, manual_disabled_count: 2 });
    expect(await manage(id, 'enable_all_keys')).toEqual(done);
    await sqlOf(app.base.orm.em.fork())(`update channel_credential set status = 'AUTO_DISABLED' where channel_id = $1 and position = 0`, [id]);
    expect(await manage(id, 'delete_disabled_keys')).toEqual({ status: 200, body: { success: true, message: '', data: 1 } });
    expect(await manage(id, 'delete_key', { key_index: 1 })).toEqual(done);
    expect((await admin.call('GET', `/api/channel/${id}`)).body.data.channel_info, 'it stays one of many keys when one is left').toMatchObject({ is_multi_key: true, multi_key_size: 1 });
    expect((await manage(id, 'delete_key', { key_index: 0 })).body).toMatchObject({ success: false, message: 'The last key cannot be deleted' });
  });

  it.each([
    { name: 'no index', action: 'disable_key', over: {}, says: 'Key index out of range' },
    { name: 'an index behind the last', action: 'delete_key', over: { key_index: 3 }, says: 'Key index out of range' },
    { name: 'nothing to delete', action: 'delete_disabled_keys', over: {}, says: 'No key to switch off or delete' },
    { name: 'an unknown action', action: 'explode', over: {}, says: 'Unknown action' },
    { name: 'an action that is no text', action: 1, over: {}, says: 'Unknown action' },
    { name: 'no action', action: undefined, over: {}, says: 'Unknown action' },
  ])('refuses $name', async ({ action, over, says }) => {
    expect(await manage(await add(), action, over)).toMatchObject({ status: 200, body: { success: false, message: says } });
  });

  it.each(['get_key_status', 'disable_all_keys'])('%s refuses a channel with one key, and one that is not there', async (action) => {
    expect(await manage(await add('sk-only-abcdefghijkl', 'single'), action)).toMatchObject({ status: 200, body: { success: false, message: 'Not a multi-key channel' } });
    expect(await manage(999_999, action)).toMatchObject({ status: 200, body: { success: false, message: 'Not found' } });
  });

  it('keeps the last key', async () => {
    const id = await add('sk-one-abcdefghijkl\nsk-two-abcdefghijkl');
    await manage(id, 'disable_all_keys');
    await manage(id, 'delete_key', { key_index: 0 });
    expect((await manage(id, 'delete_key', { key_index: 0 })).body).toMatchObject({ success: false, message: 'The last key cannot be deleted' });
  });

  it.each([{ name: 'a channel that is text', body: { channel_id: 'x', action: 'get_key_status' } },
    { name: 'an index that is text', body: { channel_id: 1, action: 'disable_key', key_index: 'first' } }, { name: 'a status out of the list', body: { channel_id: 1, action: 'get_key_status', status: 9 } }])(
    'answers 400 for $name', async ({ body }) => expect((await admin.call('POST', '/api/channel/multi_key/manage', body)).status).toBe(400));

  it('refuses no channel at all', async () => expect((await admin.call('POST', '/api/channel/multi_key/manage', { action: 'get_key_status' })).body).toEqual({ success: false, message: 'Invalid parameters: channel_id is missing', code: 'invalid_params' }));

  it('is for administrators', async () => {
    const plain = await restCaller(app);
    for (const action of ['get_key_status', 'disable_all_keys', 'explode']) expect((await plain.call('POST', '/api/channel/multi_key/manage', { channel_id: 1, action })).status).toBe(403);
  });
});
