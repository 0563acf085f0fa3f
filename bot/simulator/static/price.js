// What messages cost, where the price is known.

export function cents(sheets, country, device) {
  if (device === "whatsapp" || !country.price) return null;
  return sheets.reduce((sum, sheet) => sum + sheet.segments, 0) * country.price.segment / 100;
}

export function said(amount) {
  return amount < 100 ? `${amount.toFixed(1)}¢` : `$${(amount / 100).toFixed(2)}`;
}
