import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { Envelope, MappingKey, MappingPut, MappingSaved } from '@matterline/contracts';
import { map, Observable } from 'rxjs';
import { definedParams } from '../../../shared/api/defined-params';

export const MAPPINGS_URL = '/api/v1/integrations/smokeball/mappings';
export const MATTER_TYPES_URL = '/api/v1/integrations/smokeball/matter-types';

/** Source: docs/http-api.md#mapping. */
@Injectable({ providedIn: 'root' })
export class MappingApi {
  private readonly http = inject(HttpClient);

  save(mapping: MappingPut): Observable<MappingSaved> {
    return this.http.put<Envelope<MappingSaved>>(MAPPINGS_URL, mapping).pipe(map(({ data }) => data));
  }

  remove({ case_type, state }: MappingKey): Observable<void> {
    const params = definedParams({ case_type: case_type ?? undefined, state: state ?? undefined });
    return this.http.delete<void>(MAPPINGS_URL, { params });
  }
}
