/// The page, in Mustache, which escapes what stands in two braces. What stands in three is HTML already: phrases, tables
/// and drawings that have escaped their texts.
enum HTMLTemplate {
    static let text = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{{policy}}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
        {{#page.verdict}}
        <h1>{{{html(title)}}}</h1>
        {{#page.countdown}}
        <p class="countdown{{#isOver}} over{{/isOver}}"><span class="days">{{days}}</span> <span class="unit">{{unit}}</span> <span class="what">{{{html(what)}}}</span></p>
        {{/page.countdown}}
        <p class="lead">{{{html(sentence)}}}</p>
        <ul class="rules">
        {{#rules}}
        <li>{{{html(.)}}}</li>
        {{/rules}}
        <li>Covered: {{{html(page.coverage.sentence)}}}.</li>
        </ul>
        {{{html(glance)}}}
        {{/page.verdict}}
        </header>
        <nav aria-label="Parts of the report">
        <ul>
        {{#page.firstSteps}}<li><a href="#what-to-do-this-week">What to do this week</a></li>{{/page.firstSteps}}
        {{#charts.lifecycles}}<li><a href="#when-the-endpoints-go">When the endpoints go</a></li>{{/charts.lifecycles}}
        {{#findings.html}}<li><a href="#call-sites">Call sites</a></li>{{/findings.html}}
        {{#page.hasCallers}}<li><a href="#callers-in-code">Callers in code</a></li>{{/page.hasCallers}}
        {{#page.codeTraffic}}<li><a href="#code-and-traffic-together">Code and traffic</a></li>{{/page.codeTraffic}}
        {{#page.traffic}}<li><a href="#traffic">Traffic</a></li>{{/page.traffic}}
        {{#page.verifications}}<li><a href="#live-calls">Live calls</a></li>{{/page.verifications}}
        {{#page.progress}}<li><a href="#progress">Progress</a></li>{{/page.progress}}
        <li><a href="#coverage">Coverage</a></li>
        <li><a href="#what-could-not-be-read-or-decided">What could not be read</a></li>
        <li><a href="#how-to-get-this-report-again">How to get this again</a></li>
        </ul>
        </nav>
        <main id="main">
        {{#page.firstSteps}}
        <section aria-labelledby="what-to-do-this-week">
        <h2 id="what-to-do-this-week">What to do this week</h2>
        <ol class="steps">
        {{#steps}}
        <li>{{{html(text)}}}</li>
        {{/steps}}
        </ol>
        {{/page.firstSteps}}
        {{#page.owners}}
        <h3>Who has what to do</h3>
        {{{html(.)}}}
        {{/page.owners}}
        {{#page.migration}}
        <details class="notes">
        <summary>How to migrate {{{html(endpoint)}}}</summary>
        <ul>
        {{#steps}}
        <li>{{{html(.)}}}</li>
        {{/steps}}
        </ul>
        </details>
        {{/page.migration}}
        {{#page.firstSteps}}
        </section>
        {{/page.firstSteps}}
        {{#charts.lifecycles}}
        <section aria-labelledby="when-the-endpoints-go">
        <h2 id="when-the-endpoints-go">When the endpoints go</h2>
        <figure>
        {{{.}}}
        <figcaption class="legend"><span class="key active"></span> in force <span class="key deprecated"></span> deprecated <span class="key gone"></span> past the sunset</figcaption>
        </figure>
        </section>
        {{/charts.lifecycles}}
        {{#findings.html}}
        <section aria-labelledby="call-sites">
        <h2 id="call-sites">Call sites</h2>
        {{{.}}}
        <p>{{{html(findings.note)}}}</p>
        </section>
        {{/findings.html}}
        {{#page.hasCallers}}
        <section aria-labelledby="callers-in-code">
        <h2 id="callers-in-code">Callers in code</h2>
        {{#page.files}}
        <section class="file">
        <h3>{{{html(path)}}}</h3>
        {{#callers}}
        <article id="{{anchor}}">
        <h4>{{{html(heading)}}}</h4>
        <p>{{{html(request)}}}: {{{html(what)}}}</p>
        <ul>
        {{#facts}}
        <li>{{{html(.)}}}</li>
        {{/facts}}
        </ul>
        {{{html(excerpt)}}}
        </article>
        {{/callers}}
        </section>
        {{/page.files}}
        </section>
        {{/page.hasCallers}}
        {{#page.codeTraffic}}
        <section aria-labelledby="code-and-traffic-together">
        <h2 id="code-and-traffic-together">Code and traffic together</h2>
        <p>Which code may have sent which requests: what a log shows of a caller, compared with what the code shows of itself. It is a guess with its reasons, and proves nothing.</p>
        {{{html(matched)}}}
        {{#unexplained}}
        <h3>Callers that no scanned code explains</h3>
        <p>Scan the code that they run, or name their owner: they have to move too.</p>
        {{{html(.)}}}
        {{/unexplained}}
        {{#unconfirmed}}
        <h3>Code that no traffic confirms</h3>
        <p>No request in the logs fits it: it may run seldom, elsewhere, or not at all.</p>
        {{{html(.)}}}
        {{/unconfirmed}}
        {{#notes}}
        <p>{{{html(.)}}}</p>
        {{/notes}}
        </section>
        {{/page.codeTraffic}}
        {{#page.traffic}}
        <section aria-labelledby="traffic">
        <h2 id="traffic">Traffic to deprecated endpoints</h2>
        {{#charts.requests}}
        <figure>
        {{{.}}}
        <figcaption class="legend">Requests per {{charts.requestUnit}}: <span class="key deprecated"></span> to deprecated endpoints <span class="key migrated"></span> to replacements</figcaption>
        </figure>
        <details>
        <summary>The figures of the drawing</summary>
        {{{html(charts.requestFigures)}}}
        </details>
        {{/charts.requests}}
        {{{html(table)}}}
        {{#page.phases}}
        <p>{{{html(.)}}}</p>
        {{/page.phases}}
        {{#notes}}
        <p>{{{html(.)}}}</p>
        {{/notes}}
        </section>
        {{/page.traffic}}
        {{#page.migratedTraffic}}
        <section aria-labelledby="migrated-traffic">
        <h2 id="migrated-traffic">Traffic to replacements</h2>
        {{{html(table)}}}
        {{#notes}}
        <p>{{{html(.)}}}</p>
        {{/notes}}
        </section>
        {{/page.migratedTraffic}}
        {{#page.verifications}}
        <section aria-labelledby="live-calls">
        <h2 id="live-calls">Live calls</h2>
        <p>{{{html(sentence)}}}</p>
        {{{html(table)}}}
        <ul>
        {{#findings}}
        <li>{{{html(.)}}}</li>
        {{/findings}}
        </ul>
        <p>{{{html(announcements)}}}</p>
        </section>
        {{/page.verifications}}
        {{#page.progress}}
        <section aria-labelledby="progress">
        <h2 id="progress">Progress</h2>
        <p>{{{html(sentence)}}}</p>
        {{#charts.callers}}
        <figure>
        {{{.}}}
        <figcaption class="legend">Callers in code: <span class="key deprecated"></span> left <span class="key migrated"></span> moved</figcaption>
        </figure>
        {{/charts.callers}}
        {{{html(table)}}}
        {{{html(gone)}}}
        </section>
        {{/page.progress}}
        <section aria-labelledby="coverage">
        <h2 id="coverage">Coverage</h2>
        {{#page.coverage}}
        {{{html(trees)}}}
        {{{html(logs)}}}
        {{#notes}}
        <p>{{{html(.)}}}</p>
        {{/notes}}
        {{/page.coverage}}
        </section>
        <section aria-labelledby="what-could-not-be-read-or-decided">
        <h2 id="what-could-not-be-read-or-decided">What could not be read or decided</h2>
        {{#page.diagnostics}}
        {{#groups}}
        <h3>{{{html(title)}}}</h3>
        <ul>
        {{#lines}}
        <li>{{{html(.)}}}</li>
        {{/lines}}
        </ul>
        {{/groups}}
        {{/page.diagnostics}}
        {{^page.diagnostics}}
        <p>Nothing but what the tables of the coverage say.</p>
        {{/page.diagnostics}}
        </section>
        <section aria-labelledby="how-to-get-this-report-again">
        <h2 id="how-to-get-this-report-again">How to get this report again</h2>
        {{#page.reproduction}}
        <p>{{{html(made)}}}</p>
        <ul>
        {{#rules}}
        <li>{{{html(.)}}}</li>
        {{/rules}}
        </ul>
        {{{html(commands)}}}
        {{/page.reproduction}}
        </section>
        </main>
        <footer><p>Written by lastcall {{version}}, judged on {{asOf}}.</p></footer>
        <script>{{{script}}}</script>
        </body>
        </html>
        """
}
