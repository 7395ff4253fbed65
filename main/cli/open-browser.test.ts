import { expect, test } from 'vitest';
import { browserCommand, openBrowser } from './open-browser.ts';

test('an address is opened the way of each system, and not without a display', () => {
  expect(browserCommand({}, 'linux')).toBeNull();
  expect(browserCommand({ DISPLAY: '' }, 'linux')).toBeNull();
  expect(browserCommand({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual(['xdg-open']);
  expect(browserCommand({}, 'darwin')).toEqual(['open']);
  expect(browserCommand({}, 'win32')?.[0]).toBe('rundll32');
  expect(openBrowser('http://127.0.0.1:1/', {}, 'linux')).toBe(false);
});
