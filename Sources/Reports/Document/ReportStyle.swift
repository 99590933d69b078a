/// The look of the HTML report: one column of text, pictures as wide as the page, four sizes, light and dark, screen and paper.
enum ReportStyle {
    /// The style sheet. It names nothing outside the file: fonts are the reader's own.
    static let css = layout + "\n" + PictureStyle.css

    private static let layout = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1b1f24; --soft: #59626d; --line: #d5dae0; --wash: #f4f6f8;
          --asis: #2f6fab; --tobe: #c8641b; --failed: #a33a2a; --link: #255a8c;
          --better: #1d6b4f; --worse: #a33a2a; --warning: #8a5a00;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171b; --ink: #e6e9ec; --soft: #a3acb6; --line: #3a424b; --wash: #1d2227;
            --asis: #6aa6dc; --tobe: #e8935a; --failed: #e58a7b; --link: #8fc0ec;
            --better: #7cc9a8; --worse: #e58a7b; --warning: #e0b45c;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans",
            "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: break-word;
        }
        :lang(zh) body, body:lang(zh) { line-height: 1.7; }
        .page { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        p, ul, ol, dl { margin: 0 0 1rem; }
        p, ul, dl, nav ol, .findings, h1, h2, h3, .headline, figcaption { max-width: 38rem; }
        h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; overflow-wrap: anywhere; }
        h1, .headline .figure { font-size: 34px; font-weight: 650; letter-spacing: -0.01em; }
        h1 { margin-bottom: 0.5rem; }
        h2 { font-size: 22px; font-weight: 650; margin-bottom: 1rem; }
        h3 { font-size: 16px; font-weight: 650; margin: 2rem 0 0.5rem; }
        .kicker, .fact, .basis, .cases, .topic, figcaption, table, caption, summary, .more, footer, .headline .label, dd.small {
          font-size: 13px;
        }
        .kicker { color: var(--soft); margin-bottom: 0.25rem; }
        .fact { color: var(--soft); margin-bottom: 0.25rem; }
        a { color: var(--link); text-underline-offset: 0.15em; }
        a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--asis); outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem; }
        strong { font-weight: 650; }
        code {
          font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "Noto Sans Mono CJK SC", monospace;
          background: var(--wash); padding: 0.1em 0.3em; overflow-wrap: anywhere;
        }
        .headline { margin: 2rem 0 1.5rem; }
        .headline p { margin: 0; }
        .headline .label { color: var(--soft); }
        .headline .figure { line-height: 1.3; white-space: pre-wrap; }
        .headline .basis { color: var(--soft); }
        .better { color: var(--better); }
        .worse { color: var(--worse); }
        .warning { color: var(--warning); }
        .caution { border-left: 3px solid var(--warning); padding-left: 0.75rem; margin: 1.5rem 0 0; }
        .fact { max-width: none; }
        .findings { list-style: none; padding: 0; margin: 2rem 0; max-width: none; }
        .finding { display: grid; grid-template-columns: 10rem minmax(0, 38rem); gap: 0 1.5rem; align-items: start; margin-bottom: 1.5rem; }
        .finding .sentence { margin: 0; }
        .finding .basis { color: var(--soft); margin: 0.15rem 0 0; }
        .finding .mini { padding-top: 0.3rem; }
        .finding .said { grid-column: 2; min-width: 0; }
        .mini svg { display: block; width: 100%; height: auto; }
        .which { margin: 0.15rem 0 0; }
        nav { margin: 3rem 0; }
        nav ol { padding: 0; list-style: none; }
        nav li { margin-bottom: 0.35rem; }
        nav a { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: 0 1.5rem; text-decoration: none; align-items: baseline; }
        nav a:hover { text-decoration: underline; }
        nav .topic { color: var(--soft); }
        nav ol { max-width: 49.5rem; }
        section { margin-top: 4rem; }
        figure { margin: 1.5rem 0 0.75rem; }
        .strip { margin: 1rem 0 0.35rem; font-size: 13px; }
        figcaption { color: var(--soft); margin-top: 0.5rem; }
        .scroll { overflow-x: auto; max-width: 100%; }
        .scroll + p, .scroll + .scroll { margin-top: 1rem; }
        table { border-collapse: collapse; line-height: 1.4; }
        caption { text-align: left; font-weight: 650; padding: 0.5rem 0; }
        caption::first-letter { text-transform: uppercase; }
        th, td { text-align: left; vertical-align: top; padding: 0.3rem 1.25rem 0.3rem 0; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--soft); vertical-align: bottom; }
        td { max-width: 30rem; overflow-wrap: anywhere; min-width: 4rem; }
        th:not(.n) { min-width: 8rem; }
        .n { text-align: right; white-space: nowrap; min-width: 0; overflow-wrap: normal; }
        th.n { white-space: normal; min-width: 3.5rem; }
        th:last-child, td:last-child { padding-right: 0; }
        details { margin: 0 0 0.25rem; }
        details + p, details + figure { margin-top: 1.25rem; }
        summary { cursor: pointer; color: var(--link); padding: 0.15rem 0; max-width: 38rem; overflow-wrap: anywhere; }
        details.data[open] > summary { margin-bottom: 0.25rem; }
        details > details, details > figure, details > p { margin-left: 0; }
        .cases { margin-bottom: 0.35rem; }
        .more { color: var(--soft); white-space: nowrap; }
        a.more { color: var(--link); }
        dt { font-weight: 650; }
        dd { margin: 0 0 0.75rem; }
        footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--soft); }
        @media screen and (min-width: 70rem) {
          .broad { width: calc(100vw - 4rem); margin-left: calc(50% - 50vw + 2rem); }
        }
        @media (max-width: 40rem) {
          .page { padding: 1.5rem 1rem 3rem; }
          h1, .headline .figure { font-size: 28px; }
          .finding, nav a { grid-template-columns: minmax(0, 1fr); }
          .finding .said { grid-column: 1; }
          .finding .mini { max-width: 10rem; padding-bottom: 0.4rem; }
          nav li { margin-bottom: 0.75rem; }
        }
        @page { size: A4; margin: 18mm 16mm; }
        @media print {
          :root {
            color-scheme: light;
            --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --wash: #f4f6f8;
            --asis: #2f6fab; --tobe: #c8641b; --failed: #a33a2a; --link: #000000;
            --better: #1d6b4f; --worse: #a33a2a; --warning: #6b4600;
          }
          body { font-size: 11pt; }
          .page { max-width: none; padding: 0; }
          .skip, a.more { display: none; }
          a { text-decoration: none; }
          section { break-before: page; margin-top: 0; }
          #quality, #method, #provenance { break-before: auto; margin-top: 2.5rem; }
          details:not(.data)::details-content { content-visibility: visible; height: auto; }
          h2, h3, caption, .kicker, summary { break-after: avoid; }
          figure, .picture, svg, tr, .finding, .headline, dt, .cases { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          .picture svg { max-height: 230mm; max-width: 100%; }
        }
        """
}
