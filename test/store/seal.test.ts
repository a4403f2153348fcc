import { describe, expect, it } from 'vitest';
import { createSeal, newKey } from '../../src/store/seal.ts';

const older = newKey('2025-01-01');
const newer = newKey('2026-01-01');

describe('the seal', () => {
  it('R13: a text sealed for one document does not open in another', async () => {
    const seal = createSeal({ keys: [newer] });
    const sealed = await seal.close('document-1', 'De klacht');

    expect(await seal.open('document-1', sealed)).toBe('De klacht');
    await expect(seal.open('document-2', sealed)).rejects.toThrow('another document than its own');
  });

  it('R13: what an older key sealed opens while that key is in the set, and names it when it is not', async () => {
    const sealed = await createSeal({ keys: [older] }).close('document-1', 'De klacht');

    expect(await createSeal({ keys: [newer, older] }).open('document-1', sealed)).toBe('De klacht');
    await expect(createSeal({ keys: [newer] }).open('document-1', sealed)).rejects.toMatchObject({
      keyId: older.kid,
      reason: 'missing',
    });
  });

  it('R13: another secret under the same key id opens nothing', async () => {
    const sealed = await createSeal({ keys: [older] }).close('document-1', 'De klacht');
    const impostor = { ...newer, kid: older.kid };

    await expect(createSeal({ keys: [impostor] }).open('document-1', sealed)).rejects.toMatchObject({
      keyId: older.kid,
      reason: 'wrong',
    });
  });
});
