"""How the report's page looks, by day and by night, on a screen and a telephone."""

__all__ = ["STYLE"]

STYLE = """
:root { color-scheme: light dark; --ink: #1d2330; --soft: #586173; --paper: #fff; --card: #f5f6f8; --line: #d9dde4;
  --bar: #2f6fb3; --band: #2f6fb333; --good: #1b7a43; --bad: #b3372f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #a2abba; --paper: #14171d; --card: #1d222b;
  --line: #363d4a; --bar: #6aa7e8; --band: #6aa7e833; --good: #6fcf97; --bad: #f08a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 16px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 26px; line-height: 1.25; margin: 8px 0; }
h2 { font-size: 20px; margin: 36px 0 12px; }
h3 { font-size: 17px; margin: 24px 0 4px; }
p { margin: 4px 0 12px; }
.soft, figcaption, th, dt { color: var(--soft); }
.tiles { display: grid; gap: 10px; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
.tile { background: var(--card); border-radius: 8px; padding: 10px 12px; }
.tile b { display: block; font-size: 24px; line-height: 1.2; }
.tile span { color: var(--soft); font-size: 14px; display: block; }
.plots { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
figure { margin: 0; background: var(--card); border-radius: 8px; padding: 12px; }
figcaption { font-size: 14px; margin-bottom: 8px; }
figcaption b { color: var(--ink); display: block; font-size: 16px; }
svg { display: block; width: 100%; max-width: 560px; margin: 0 auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .bar, svg .dot { fill: var(--bar); } svg .ground { fill: var(--line); opacity: .5; }
svg .band { fill: var(--band); }
svg .whisker, svg .mark { stroke: var(--ink); stroke-width: 1.5; } svg .mark { stroke-dasharray: 4 3; }
svg .path { fill: none; stroke: var(--bar); stroke-width: 2; } svg .axis { stroke: var(--soft); }
svg .grid { stroke: var(--line); } svg .ideal { stroke: var(--soft); stroke-dasharray: 5 4; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; overflow-wrap: normal; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
th { font-weight: 600; }
article { background: var(--card); border-radius: 8px; padding: 12px 14px; margin: 10px 0; }
article > b { display: block; }
dl { display: grid; grid-template-columns: 92px 1fr; gap: 4px 12px; margin: 8px 0 0; font-size: 15px; }
dd { margin: 0; white-space: pre-line; }
dd p { margin: 0 0 6px; }
.good { color: var(--good); } .bad { color: var(--bad); }
details { margin: 8px 0; } summary { cursor: pointer; color: var(--soft); }
pre { white-space: pre-wrap; font-size: 13px; }
@media (max-width: 480px) { td:first-child { white-space: normal; } th, td { padding-right: 7px; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
"""
