/** Of a report that stands alone: paper, whatever the theme, and legible without colour and without backgrounds. */
export const reportStyle = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{background:#fff;color:#111;font:7.2pt/1.3 "Noto Sans","Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;margin:0}
main{margin:0 auto;max-width:190mm;padding:4mm 0}
@page{size:A4;margin:10mm}
.banner{border:1.5pt solid #111;margin:0 0 2mm;padding:1mm}
header{display:grid;gap:4mm;grid-template-columns:2fr 3fr}
h1{font-size:14pt;margin:0 0 2mm}
h2{border-bottom:.5pt solid #111;font-size:8.5pt;margin:0 0 1pt}
.appendix{border-top:1pt solid #111;margin-top:4mm;padding-top:2mm}
.muted,tr.muted,.small,footer{color:#444}
.small{font-size:6.5pt;margin:0}
.pictures{display:grid;gap:1mm;grid-template-columns:repeat(6,1fr)}
.pictures img,.pictures .empty{aspect-ratio:1.47;border:.3pt solid #999;object-fit:contain;width:100%}
.columns{display:grid;gap:5mm;grid-template-columns:1fr 1fr;margin-top:2mm}
.columns.flow{columns:2;display:block}
.block{break-inside:avoid;margin-bottom:5pt}
.framed{border:1.2pt solid #111;padding:3pt}
.framed h2{border:0}
.figure{display:flex;gap:4mm}
.figure strong{font-size:26pt;line-height:1}
table{border-collapse:collapse;table-layout:fixed;width:100%}
th,td{border-bottom:.2pt solid #999;font-weight:inherit;overflow-wrap:anywhere;padding:0 2pt 0 0;text-align:left;vertical-align:top}
tr.strong{font-weight:700}
svg line{stroke:#999;stroke-width:1}
svg .limit{stroke:#111;stroke-dasharray:2 1}
svg .band,svg .against{fill:none;stroke:#111}
svg .value,svg .for{fill:#111}
svg{overflow:visible}
footer{border-top:.5pt solid #111;font-size:6.5pt;margin-top:2mm;overflow-wrap:anywhere;padding-top:1mm}
footer p{margin:0}
`;
