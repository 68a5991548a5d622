/// The page, in Mustache. Every value comes escaped for its place.
enum MarkdownTemplate {
    static let text = """
        {{% CONTENT_TYPE: TEXT}}
        # {{verdict.title}}

        {{verdict.sentence}}

        {{#verdict.rules}}
        - {{.}}
        {{/verdict.rules}}
        - Covered: {{coverage.sentence}}.

        {{verdict.glance}}

        {{#firstSteps}}
        ## What to do first

        {{#steps}}
        {{number}}. {{text}}
        {{/steps}}

        {{/firstSteps}}
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

        {{#callers}}
        #### {{heading}}

        {{request}}: {{what}}

        {{#facts}}
        - {{.}}
        {{/facts}}

        {{excerpt}}

        {{/callers}}
        {{/files}}
        {{#otherCallers}}
        ### More callers

        {{otherCallers}}

        {{otherCallersNote}}

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
        {{#traffic}}
        ## Traffic to deprecated endpoints

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

        {{migratedNote}}

        {{/migrated}}
        {{#references}}
        ## References

        These describe or mention an endpoint and send nothing.

        {{references}}

        {{referencesNote}}

        {{/references}}
        {{#progress}}
        ## Progress

        {{sentence}}

        {{table}}

        {{gone}}

        {{goneNote}}

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
