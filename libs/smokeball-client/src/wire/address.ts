import { z } from 'zod';
import { opaqueIn, text, textIn } from './scalars';

/** Which lines may be written depends on the region. docs/smokeball-api.md#contacts */
export const addressSchema = z.looseObject({
  careOf: text,
  buildingLevel: text,
  unitNumber: text,
  unitType: text,
  streetNumber: text,
  streetName: text,
  streetType: text,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  zipCode: text,
  locality: text,
  county: text,
  country: text,
});
export type Address = z.output<typeof addressSchema>;

const lines = {
  careOf: textIn,
  buildingLevel: textIn,
  unitNumber: textIn,
  unitType: textIn,
  streetNumber: textIn,
  streetName: textIn,
  streetType: textIn,
  addressLine1: textIn,
  addressLine2: textIn,
  city: textIn,
  state: textIn,
  zipCode: textIn,
  locality: textIn,
  county: textIn,
  country: textIn,
  poBox: opaqueIn,
};

export const addressWriteSchema = z.strictObject(lines);
export const businessAddressWriteSchema = z.strictObject({ ...lines, dxAddress: opaqueIn });
