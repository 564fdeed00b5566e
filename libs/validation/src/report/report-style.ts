/** The look of the report: no fonts, images or scripts from anywhere; follows the reader's light or dark setting. */
export const reportStyle: string = `
:root { color-scheme: light dark; --ink: #1a1f24; --soft: #55606b; --paper: #ffffff; --panel: #f4f6f8; --line: #d5dbe1;
  --passed: #17642f; --failed: #a3161d; --inconclusive: #7a4a00; --error: #6b2fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a9b3bd; --paper: #14181c; --panel: #1d2329;
  --line: #363f48; --passed: #6fcf8b; --failed: #ff8f8f; --inconclusive: #f0bd62; --error: #cfa5ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; overflow-wrap: anywhere; }
.status { display: inline-block; font-weight: 600; white-space: nowrap; }
.verdict { border: 1px solid var(--line); border-left: .4rem solid currentColor; background: var(--panel);
  padding: .75rem 1rem; margin: 0 0 1.25rem; }
.verdict .status { font-size: 1.25rem; }
.verdict p { color: var(--ink); margin: .25rem 0 0; }
.passed { color: var(--passed); } .failed { color: var(--failed); }
.inconclusive { color: var(--inconclusive); } .error { color: var(--error); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
thead th { color: var(--soft); font-weight: 600; }
tbody th { font-weight: 600; }
section td:last-child { min-width: 7rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th.number { text-align: right; }
a { color: inherit; }
code { font: .9em/1.4 ui-monospace, monospace; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; } }
`.trim();
