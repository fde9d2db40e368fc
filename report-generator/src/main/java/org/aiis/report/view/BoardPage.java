package org.aiis.report.view;

import java.util.List;

/**
 * What the scoreboard says, ready to print: the templates only lay it out.
 *
 * @param warnings what a reader must know before anything else: bundles that were not verified
 * @param notes in what the bundles differ, and what of them is left out
 * @param width how many columns there are, as the style sheet says it
 * @param outcomes a row for each outcome that occurs
 * @param placed a row for each kind of placement that occurs
 * @param sections operators, or requirements, of a class
 * @param types element types that the cases name
 * @param data cases for the page's script
 */
public record BoardPage(
        String title,
        String status,
        String sentence,
        List<String> warnings,
        List<String> notes,
        String width,
        List<Competitor> systems,
        List<Line> outcomes,
        List<Line> placed,
        List<Line> classes,
        List<Section> sections,
        int operators,
        String differing,
        String cases,
        List<String> types,
        List<Page.Command> commands,
        Embedded data) {

    /**
     * A system.
     *
     * @param key its letter
     * @param label name and version, short enough for a column
     * @param sub what tells it from the others
     * @param admitted whether the bundle was verified
     * @param reasons why not
     */
    public record Competitor(
            String key,
            String label,
            String sub,
            Mark verdict,
            String line,
            boolean admitted,
            String said,
            List<String> reasons,
            List<Segment> bar,
            String passed,
            List<Page.Fact> facts) {}

    /** A part of a bar 1,000 wide. */
    public record Segment(String key, String from, String width) {}

    /** A row with a cell for each system. */
    public record Line(String name, String key, String meaning, List<Cell> cells) {}

    /** Rows of a class. */
    public record Section(String id, String title, String kind, List<BoardRow> rows) {}

    /**
     * An operator or a requirement.
     *
     * @param number of the row in the data
     */
    public record BoardRow(int number, String anchor, String name, int cases, int differing, List<Cell> cells) {}

    /** What one system made of a row; {@code verdicts} is empty or one. */
    public record Cell(String system, List<Mark> verdicts, List<Chip> chips) {}

    /** How many cases of an outcome. */
    public record Chip(String key, String text) {}
}
