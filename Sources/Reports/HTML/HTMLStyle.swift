/// How the page looks: light and dark, on paper, on a narrow screen.
enum HTMLStyle {
    static let text = """

        :root {
          color-scheme: light dark;
          --page: #fbfaf8; --card: #ffffff; --text: #1c1917; --quiet: #57534e; --edge: #d6d3d1;
          --accent: #0b5fae; --deprecated: #c2410c; --migrated: #0f766e; --active: #a8a29e; --gone: #991b1b;
          --mark: #fde68a; --mark-text: #1c1917; --code: #f1efec;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #171412; --card: #221f1c; --text: #f5f5f4; --quiet: #b8b2ad; --edge: #4a4541;
            --accent: #7cc0ff; --deprecated: #fb923c; --migrated: #2dd4bf; --active: #78716c; --gone: #f87171;
            --mark: #713f12; --mark-text: #fef9c3; --code: #2c2825;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body {
          margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
        }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; text-wrap: balance; }
        h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--edge); }
        h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
        h4 { font-size: .95rem; margin: 0 0 .4rem; color: var(--quiet); }
        p, li { max-width: 62rem; overflow-wrap: anywhere; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 2; }
        .lead { font-size: 1.1rem; }
        .countdown { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .6rem; margin: 0 0 1rem; padding: .75rem 1.1rem;
          background: var(--card); border: 1px solid var(--edge); border-left: .4rem solid var(--deprecated); border-radius: .4rem; }
        .countdown.over { border-left-color: var(--gone); }
        .days { font-size: 2.6rem; font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums; }
        .unit { font-size: 1.15rem; font-weight: 600; }
        .what { color: var(--quiet); }
        .rules { padding-left: 1.2rem; }
        nav { margin: 1.5rem 0; }
        nav ul { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; list-style: none; margin: 0; padding: .6rem 0; border-block: 1px solid var(--edge); }
        code, pre { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
        code { background: var(--code); border-radius: .2rem; padding: .05rem .25rem; overflow-wrap: anywhere; }
        pre { background: var(--code); border-radius: .4rem; padding: .75rem; overflow-x: auto; margin: .75rem 0 0; line-height: 1.45; }
        pre code { background: none; padding: 0; overflow-wrap: normal; }
        mark { background: var(--mark); color: var(--mark-text); display: inline-block; min-width: 100%; }
        .scroll { overflow-x: auto; margin: .75rem 0; }
        table { border-collapse: collapse; font-size: .9rem; background: var(--card); min-width: 100%; }
        header table { min-width: 0; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .65rem; border: 1px solid var(--edge); }
        th { background: var(--code); font-weight: 600; white-space: nowrap; }
        td { min-width: 5rem; max-width: 26rem; overflow-wrap: break-word; }
        td:first-child { min-width: 18rem; overflow-wrap: anywhere; }
        header td:first-child, td.number:first-child { min-width: 0; }
        td code { overflow-wrap: inherit; }
        .number { text-align: right; min-width: 0; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th button { all: unset; cursor: pointer; display: block; }
        th button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        th[aria-sort=ascending] button::after { content: " \\25B2"; }
        th[aria-sort=descending] button::after { content: " \\25BC"; }
        .filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; }
        .filters[hidden] { display: none; }
        .filters label { display: grid; gap: .15rem; font-size: .85rem; color: var(--quiet); }
        .filters input, .filters select, .filters button { font: inherit; font-size: .9rem; color: var(--text); background: var(--card);
          border: 1px solid var(--quiet); border-radius: .3rem; padding: .3rem .5rem; max-width: 16rem; }
        .steps li { margin: .5rem 0; }
        article { background: var(--card); border: 1px solid var(--edge); border-radius: .4rem; padding: .9rem 1.1rem; margin: .75rem 0; }
        article:target { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
        article p { margin: 0 0 .5rem; }
        article ul { margin: 0; padding-left: 1.2rem; }
        details { margin: .75rem 0; }
        summary { cursor: pointer; }
        figure { margin: 1rem 0; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--quiet); font: 12px system-ui, "Liberation Sans", sans-serif; }
        svg text.name { fill: var(--text); font-size: 13px; }
        svg .grid { stroke: var(--edge); stroke-width: 1; }
        svg .today { stroke: var(--text); stroke-width: 2; stroke-dasharray: 4 3; }
        svg .deprecated { fill: var(--deprecated); }
        svg .migrated { fill: var(--migrated); }
        svg .active { fill: var(--active); }
        svg .gone { fill: var(--gone); }
        svg .curve { fill: none; stroke-width: 2.5; }
        svg .deprecated.curve { stroke: var(--deprecated); }
        svg .migrated.curve { stroke: var(--migrated); stroke-dasharray: 7 4; }
        .legend { color: var(--quiet); font-size: .9rem; }
        .key { display: inline-block; width: .8rem; height: .8rem; margin: 0 .2rem 0 .7rem; border-radius: .15rem; }
        .key.deprecated { background: var(--deprecated); }
        .key.migrated { background: var(--migrated); }
        .key.active { background: var(--active); }
        .key.gone { background: var(--gone); }
        footer { margin-top: 3rem; color: var(--quiet); font-size: .9rem; border-top: 1px solid var(--edge); }
        @media (max-width: 40rem) {
          body { padding: 1rem; }
          h1 { font-size: 1.5rem; }
          .days { font-size: 2rem; }
          td:first-child { min-width: 12rem; }
          figure { overflow-x: auto; }
          svg { width: 44rem; }
        }
        @media print {
          :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --quiet: #333; --edge: #999; --accent: #000;
            --deprecated: #b45309; --migrated: #0f766e; --active: #bbb; --gone: #991b1b; --mark: #eee; --mark-text: #000; --code: #f4f4f4; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, .skip, .filters, #shown { display: none; }
          h2, h3, h4 { break-after: avoid; }
          article, figure, tr { break-inside: avoid; }
          .scroll { overflow: visible; }
          table { font-size: 8pt; }
          th { white-space: normal; }
          td { min-width: 0; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }

        """
}
