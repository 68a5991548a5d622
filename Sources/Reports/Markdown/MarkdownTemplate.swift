/// The page, in Mustache. Every value comes escaped for its place.
enum MarkdownTemplate {
    static let text = """
        {{% CONTENT_TYPE: TEXT}}
        # {{verdict.title}}

        {{#countdown}}
        **{{days}} {{unit}}** {{what}}.

        {{/countdown}}
        {{verdict.sentence}}

        {{#verdict.rules}}
        - {{.}}
        {{/verdict.rules}}
        - Covered: {{coverage.sentence}}.

        {{verdict.glance}}

        {{#firstSteps}}
        ## What to do this week

        {{#steps}}
        {{number}}. {{text}}
        {{/steps}}

        {{/firstSteps}}
        {{#owners}}
        ## Who has what to do

        {{.}}

        {{/owners}}
        {{#migration}}
        ### How to migrate {{endpoint}}

        {{#steps}}
        - {{.}}
        {{/steps}}

        {{/migration}}
        {{#hasCallers}}
        ## Callers in code

        {{#files}}
        ### {{path}}

        {{#summary}}
        <details>
        <summary>{{.}}</summary>

        {{/summary}}
        {{#callers}}
        #### {{heading}}

        {{request}}: {{what}}

        {{#facts}}
        - {{.}}
        {{/facts}}

        {{excerpt}}

        {{/callers}}
        {{#summary}}
        </details>

        {{/summary}}
        {{/files}}
        {{#otherCallers}}
        ### More callers

        {{otherCallers}}

        {{/otherCallers}}
        {{/hasCallers}}
        {{#unsure}}
        ## Low confidence

        <details>
        <summary>{{summary}}</summary>

        {{table}}

        {{note}}

        </details>

        {{/unsure}}
        {{#codeTraffic}}
        ## Code and traffic together

        Which code may have sent which requests: what a log shows of a caller, compared with what the code shows of itself. It is a guess with its reasons, and proves nothing.

        {{#matched}}
        {{.}}

        {{/matched}}
        {{#unexplained}}
        ### Callers that no scanned code explains

        Scan the code that they run, or name their owner: they have to move too.

        {{.}}

        {{/unexplained}}
        {{#unconfirmed}}
        ### Code that no traffic confirms

        No request in the logs fits it: it may run seldom, elsewhere, or not at all.

        {{.}}

        {{/unconfirmed}}
        {{#notes}}
        {{.}}

        {{/notes}}
        {{/codeTraffic}}
        {{#traffic}}
        ## Traffic to deprecated endpoints

        {{trafficChart}}

        {{table}}

        {{#phases}}
        {{.}}

        {{/phases}}
        {{#notes}}
        {{.}}

        {{/notes}}
        {{/traffic}}
        {{#migratedTraffic}}
        ## Traffic to replacements

        {{table}}

        {{#notes}}
        {{.}}

        {{/notes}}
        {{/migratedTraffic}}
        {{#migrated}}
        ## Migrated callers

        {{migrated}}

        {{/migrated}}
        {{#references}}
        ## References

        These describe or mention an endpoint and send nothing.

        {{references}}

        {{/references}}
        {{#verifications}}
        ## Live calls

        {{sentence}}

        {{table}}

        {{#findings}}
        - {{.}}
        {{/findings}}

        {{announcements}}

        {{/verifications}}
        {{#progress}}
        ## Progress

        {{sentence}}

        {{chart}}

        {{table}}

        {{gone}}

        {{/progress}}
        ## Coverage

        {{coverage.trees}}

        {{coverage.logs}}

        {{#coverage.notes}}
        {{.}}

        {{/coverage.notes}}
        ## What could not be read or decided

        {{#diagnostics}}
        {{#groups}}
        ### {{title}}

        {{#lines}}
        - {{.}}
        {{/lines}}

        {{/groups}}
        {{/diagnostics}}
        {{^diagnostics}}
        Nothing but what the tables of the coverage say.

        {{/diagnostics}}
        ## How to get this report again

        {{reproduction.made}}

        {{#reproduction.rules}}
        - {{.}}
        {{/reproduction.rules}}

        {{reproduction.commands}}
        """
}
