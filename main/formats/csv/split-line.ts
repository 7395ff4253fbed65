/** The fields of one line of a CSV without line breaks in fields; quotation marks around a field are taken off. */
export function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      fields.push(line.slice(at, end));
      at = end + 1;
      continue;
    }
    let field = '';
    let from = at + 1;
    for (;;) {
      const quote = line.indexOf('"', from);
      const end = quote < 0 ? line.length : quote;
      field += line.slice(from, end);
      if (line[end + 1] !== '"') {
        const comma = line.indexOf(',', end);
        at = (comma < 0 ? line.length : comma) + 1;
        break;
      }
      field += '"';
      from = end + 2;
    }
    fields.push(field);
  }
  return fields;
}
