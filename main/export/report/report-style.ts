/** Shades of a heat map, from the worst to the best of a column: classes `h0` … `h9`. Text on each reaches WCAG AA. */
export const SHADES = 10;

const shades = Array.from({ length: SHADES }, (_, i) => {
  const share = (i / (SHADES - 1)) * 0.62;
  const channel = (ink: number): number => Math.round(255 + (ink - 255) * share);
  // Towards the accent as it is on paper, #5fa3c0.
  return `.h${i}{background:rgb(${channel(95)} ${channel(163)} ${channel(192)})}`;
}).join('');

/**
 * The style of the report: light on screen, A4 on paper. No style stands at an element itself, so that the page is the
 * same under a policy that forbids that.
 */
export const REPORT_STYLE = `
*{box-sizing:border-box}
.report{max-width:186mm;margin:0 auto;padding:10mm 6mm 20mm;color:#1b2228;background:#fff;font:10.5pt/1.5 Inter,"Helvetica Neue",Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
.report h1{margin:0 0 2mm;font-size:20pt;line-height:1.2}
.report h2{margin:11mm 0 3mm;padding-bottom:1mm;border-bottom:1pt solid #c7cfd6;font-size:14pt}
.report h3{margin:7mm 0 2mm;font-size:11.5pt}
.report h4{margin:5mm 0 1.5mm;font-size:10.5pt}
.report p{margin:0 0 2.5mm;max-width:165mm}
.report .quiet{color:#55616c;font-size:9pt}
.report nav ol{margin:0;padding-left:6mm}
.report nav ol ol{padding-left:5mm}
.report a{color:#0b6e99}
.report dl{display:grid;gap:.8mm;margin:0 0 3mm}
.report dl div{display:grid;grid-template-columns:44mm 1fr;gap:4mm}
.report dt{color:#55616c}
.report dd{margin:0}
.report ul{margin:0 0 3mm;padding-left:5mm}
.report .pair{display:flex;flex-wrap:wrap;gap:0 8mm}
.report .wide{margin:0 0 4mm;overflow-x:auto}
.report table{border-collapse:collapse;font-size:8.5pt;line-height:1.35;font-variant-numeric:tabular-nums}
.report caption{padding-bottom:1mm;color:#55616c;font-size:9pt;text-align:left}
.report th,.report td{padding:.7mm 2.2mm;border-bottom:.5pt solid #e1e6ea;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:normal}
.report thead th{border-bottom:1pt solid #7f8b96;color:#3d4852;font-weight:600;vertical-align:bottom}
.report .scores td{text-align:right;white-space:nowrap}
.report .scores td.words{min-width:24mm;text-align:left;white-space:normal}
.report .scores tbody th{min-width:38mm}
.report .scores thead th+th{text-align:right}
.report .scores.of thead th:nth-child(2){text-align:left}
.report td.best{font-weight:700}
.report .floor th{font-style:italic}
.report .changed{font-weight:600}
.report code,.report pre{font:8pt/1.45 ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace}
.report pre{margin:0 0 3mm;padding:2.5mm 3mm;border:.5pt solid #d5dce2;border-radius:1mm;background:#f4f6f8;white-space:pre-wrap;overflow-wrap:anywhere}
.report .figures{display:flex;flex-wrap:wrap;gap:4mm;margin:0 0 4mm}
.report figure{margin:0;break-inside:avoid}
.report figure svg{display:block;max-width:100%;height:auto}
.report figcaption{max-width:85mm;color:#55616c;font-size:8.5pt}
.report .hash{font:7.5pt/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
${shades}
@media print{
.report{max-width:none;padding:0;font-size:9.5pt}
.report h2,.report h3,.report h4{break-after:avoid}
.report h2{margin-top:8mm}
.report section.run{break-before:auto}
.report tr,.report pre,.report dl div{break-inside:avoid}
.report thead{display:table-header-group}
.report .wide{overflow:visible}
.report table{font-size:7.5pt}
.report th,.report td{padding:.5mm 1.4mm}
.report td[class],.report rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.report a{color:inherit;text-decoration:none}
}
`;

/** Size and margins of the page, for the file itself; a window that prints the report sets them on its own. */
export const PAGE_STYLE = '@page{size:A4;margin:16mm 15mm 18mm}\nbody{margin:0;background:#fff}\n';
