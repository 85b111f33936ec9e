import { createHash, randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mustCall } from '../../e2e/support/http';
import type { Program } from '../../e2e/support/program';
import { newIntake, pictureOf } from '../../e2e/kills/support/intake';
import type { InstallationUnderLoad } from './installation-under-load';
import { ask } from './intakes';
import type { Report } from '../report';

const SIZE = 100 * 1024 * 1024;
const MOST_MIB = 30;
const SAMPLE_EVERY_MS = 50;

/** Three documents of 100 MB come and go at once: how much memory the processes take beyond idle, from /proc. */
export async function threeLargeDocuments(under: InstallationUnderLoad, report: Report): Promise<void> {
  const bytes = Buffer.alloc(SIZE);
  randomFillSync(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const intakes = Array.from({ length: 3 }, newIntake);
  for (const intake of intakes)
    await under.firm.api('PUT', `/api/v1/matters/${intake.matterId}`, { json: pictureOf(intake) });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const begunMs = Date.now();
  const peaks = [under.api, ...under.workers].map((program) => new Peak(program));
  await Promise.all(
    intakes.map(async ({ matterId, uploadId }) => {
      const metadata = {
        upload_id: uploadId,
        file_name: `${uploadId}.bin`,
        content_type: 'application/octet-stream',
        status: 'approved',
        sha256,
      };
      const form = new FormData();
      form.append('metadata', JSON.stringify(metadata));
      form.append('file', new Blob([bytes]), `${uploadId}.bin`);
      const answer = await under.firm.api('POST', `/api/v1/matters/${matterId}/documents`, { raw: form });
      if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
    }),
  );
  const takenMs = Date.now();
  await ask(under.firm, intakes);
  await under.quiet(300_000);
  for (const peak of peaks) peak.stop();
  report.figure('three 100 MB documents at once: taken in, seconds', (takenMs - begunMs) / 1000, {});
  report.figure('… and until Smokeball has them, seconds', (Date.now() - takenMs) / 1000, {});
  report.figure(
    'three 100 MB documents at once: the API’s memory above idle, MiB',
    peaks[0]?.aboveIdleMib() ?? Number.NaN,
    { atMost: MOST_MIB },
  );
  report.figure(
    'three 100 MB documents at once: the worker’s memory above idle, MiB',
    peaks[1]?.aboveIdleMib() ?? Number.NaN,
    { atMost: MOST_MIB },
  );
  const { firms } = (await mustCall('GET', `${under.installation.simulator.url}/_sim/us/state`)) as {
    firms: { files: { versions: { sha256: string }[] }[] }[];
  };
  const arrived = firms
    .flatMap(({ files }) => files.flatMap(({ versions }) => versions))
    .filter((one) => one.sha256 === sha256);
  report.figure('… that did not arrive byte for byte', 3 - arrived.length, { atMost: 0 });
}

class Peak {
  private readonly idle: number;
  private most = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly program: Program) {
    this.idle = this.residentBytes();
    this.timer = setInterval(() => (this.most = Math.max(this.most, this.residentBytes())), SAMPLE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  aboveIdleMib(): number {
    return (this.most - this.idle) / 2 ** 20;
  }

  private residentBytes(): number {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.program.pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  }
}
