import { describe, expect, it } from 'vitest';
import { MINIMUM_NODE, NODE_PACKAGES, NODE_VERSION, WHEELS } from './pins.mjs';
import { compareVersions } from './version.mjs';

describe('pins', () => {
  it('install a Node that is new enough', () => {
    expect(compareVersions(NODE_VERSION, MINIMUM_NODE)).toBeGreaterThanOrEqual(0);
  });
  it('have a whole checksum for each download', () => {
    for (const pin of Object.values(NODE_PACKAGES)) {
      expect(Buffer.from((pin?.integrity ?? '').replace('sha512-', ''), 'base64')).toHaveLength(64);
    }
    const wheels = [...Object.values(WHEELS.cpu), ...Object.values(WHEELS.cuda)];
    expect(wheels).toHaveLength(5);
    for (const pin of wheels) expect(pin?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
