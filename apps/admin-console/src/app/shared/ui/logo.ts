import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** Our mark: one line that joins two ends and writes an M on the way. */
@Component({
  selector: 'ml-logo',
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" />
      <path d="M8 22.5V11.2l8 7.4 8-7.4v11.3" />
      <circle cx="8" cy="22.5" r="2.7" />
      <circle cx="24" cy="22.5" r="2.7" />
    </svg>
    @if (withName()) {
      <span>Matterline</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.625rem;
      font-size: 1.125rem;
      font-weight: 650;
      letter-spacing: -0.02em;
    }
    svg {
      width: 2rem;
      height: 2rem;
    }
    rect {
      fill: light-dark(#27457f, #32508c);
    }
    path {
      fill: none;
      stroke: #fff;
      stroke-width: 2.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    circle {
      fill: #f2b35e;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Logo {
  readonly withName = input(true);
}
