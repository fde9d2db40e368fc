package org.aiis.report.view;

import java.util.List;
import java.util.Optional;

/**
 * What the report page says, ready to print: the templates only lay it out.
 *
 * @param standing whether this is a declaration
 * @param against why it may not become one
 * @param counts cases by verdict, with their place in a bar 1,000 wide
 * @param outOfScope requirements this run says nothing about, by reason
 * @param limits what this evidence cannot show
 */
public record Page(
        String title,
        Mark verdict,
        String line,
        String sentence,
        String status,
        List<Fact> scope,
        List<String> standing,
        List<String> against,
        List<Count> counts,
        String cases,
        List<ClassRow> classes,
        List<Failures> failures,
        int failing,
        List<Undecided> undecided,
        List<Chapter> chapters,
        int requirements,
        List<WaiverRow> waivers,
        List<Left> outOfScope,
        int leftOut,
        List<DeviationRow> deviations,
        List<LoadRow> loads,
        List<Tally> tallies,
        int talliesMore,
        List<Group> environment,
        List<Command> commands,
        List<String> limits) {

    /** A name and a value. */
    public record Fact(String name, String value) {}

    /** Facts under a heading; digests are set one a line. */
    public record Group(String title, List<Fact> facts, boolean digests) {}

    /** Cases of a verdict. */
    public record Count(Mark mark, String cases, String from, String width) {}

    /** A conformance class. */
    public record ClassRow(String id, String title, Mark mark, int passing, int requirements, int cases, int waived) {}

    /** Failing cases of a requirement; {@code more} of them are not printed. */
    public record Failures(Row requirement, List<Failure> cases, int more) {}

    /** What could not be decided, for one reason. */
    public record Undecided(String why, String reason, String cases, List<Place> requirements) {}

    /** A requirement and how many of its cases. */
    public record Place(String id, int cases) {}

    /** A case that failed, with the numbers that explain it. */
    public record Failure(
            String id,
            Mark mark,
            boolean waived,
            String message,
            String seen,
            Optional<String> worst,
            Optional<String> reason,
            String basis,
            long line,
            String explain) {}

    /** Requirements of a class. */
    public record Chapter(String id, String title, List<Row> rows) {}

    /** A requirement; {@code more} of its cases are not printed. */
    public record Row(
            String id,
            String level,
            String text,
            String clause,
            String source,
            Mark mark,
            int passing,
            int executed,
            int waived,
            List<CaseItem> cases,
            int more) {}

    /** A case in a list, and its line of evidence.jsonl. */
    public record CaseItem(String id, Mark mark, String line) {}

    /** A waiver and what it did. */
    public record WaiverRow(
            String id,
            String requirement,
            String effect,
            int cases,
            String covers,
            String versions,
            String reason,
            String reproduction,
            String grantedBy,
            String granted,
            String expires) {}

    /** A reason and the requirements left out for it. */
    public record Left(String reason, List<String> requirements) {}

    /** A known deviation of the ICS. */
    public record DeviationRow(String cases, String reason, String effect, int deviating) {}

    /** Numbers of a load. */
    public record LoadRow(
            String id, Mark mark, String queries, String throughput, String p50, String p90, String p99, String max) {}

    /** Counts that a finding carries. */
    public record Tally(String id, Mark mark, String message, List<Fact> facts) {}

    /** A command and what it does. */
    public record Command(String does, String line, String expect) {}
}
