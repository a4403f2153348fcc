import { describe, expect, it } from 'vitest';
import { isFileAddress } from '../../src/bot/upload.ts';

describe('where a file may be put', () => {
  it.each([
    'https://senwlv-my.sharepoint.com/personal/x/_api/upload?token=1',
    'https://senwlv.sharepoint.com/sites/x',
  ])("R13: OneDrive's own address %s", (address) => {
    expect(isFileAddress(address, false)).toBe(true);
  });

  it.each([
    'http://senwlv-my.sharepoint.com/x',
    'https://sharepoint.com.elders.example/x',
    'https://elders.example/sharepoint.com',
    'https://sharepoint.com@elders.example/x',
    'https://a:b@senwlv.sharepoint.com/x',
    'http://127.0.0.1:8080/upload/x',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
  ])('R13: nowhere else: %s', (address) => {
    expect(isFileAddress(address, false)).toBe(false);
  });

  it('in local use this computer alone', () => {
    expect(isFileAddress('http://127.0.0.1:8080/upload/x', true)).toBe(true);
    expect(isFileAddress('http://127.0.0.1.elders.example/x', true)).toBe(false);
    expect(isFileAddress('https://senwlv.sharepoint.com/x', true)).toBe(false);
  });
});
