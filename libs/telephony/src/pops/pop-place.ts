export const popPlace = (firmId: string, eventId: string) => ({ firmId, field: 'pops.body_enc', rowId: eventId });
