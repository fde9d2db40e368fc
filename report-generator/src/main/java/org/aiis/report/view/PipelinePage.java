package org.aiis.report.view;

import java.util.List;

/**
 * What a page about one run of the pipeline says, stage by stage, ready to print.
 *
 * @param sentence what was done, on what
 * @param facts the figures that a reader looks for first
 * @param commands what to do with the result
 */
public record PipelinePage(
        String title, String sentence, List<Page.Fact> facts, List<Stage> stages, List<Page.Command> commands) {
    public PipelinePage {
        facts = List.copyOf(facts);
        stages = List.copyOf(stages);
        commands = List.copyOf(commands);
    }

    /** A stage: its name, what it did, figures, tables and plots. */
    public record Stage(String name, String sentence, List<Page.Fact> facts, List<Table> tables, List<Chart> charts) {
        public Stage {
            facts = List.copyOf(facts);
            tables = List.copyOf(tables);
            charts = List.copyOf(charts);
        }

        /** For the anchor of the stage. */
        public String key() {
            return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        }
    }

    /** A table; the first cell of a row is its name. */
    public record Table(String title, List<String> heads, List<List<String>> rows) {
        public Table {
            heads = List.copyOf(heads);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
