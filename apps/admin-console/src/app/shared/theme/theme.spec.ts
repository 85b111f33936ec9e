import { TestBed } from '@angular/core/testing';
import { Theme } from './theme';

describe('Theme', () => {
  beforeEach(() => {
    localStorage.clear();
    delete document.documentElement.dataset['theme'];
  });

  it('follows the system until something is chosen, and remembers the choice', () => {
    const theme = TestBed.inject(Theme);
    theme.applyStored();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    theme.choose('contrast');
    expect(document.documentElement.dataset['theme']).toBe('contrast');
    theme.choose('system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    theme.choose('dark');
    TestBed.resetTestingModule();
    const later = TestBed.inject(Theme);
    later.applyStored();
    expect(later.current()).toBe('dark');
  });

  it('ignores a stored word that is no theme', () => {
    localStorage.setItem('matterline.theme', 'pink');
    const theme = TestBed.inject(Theme);
    theme.applyStored();
    expect(theme.current()).toBe('system');
  });
});
