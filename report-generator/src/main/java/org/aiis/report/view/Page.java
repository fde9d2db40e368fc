package org.aiis.report.view;

import java.util.List;
import java.util.Optional;

/**
 * What the report page says, ready to print: the templates only lay it out.
 *
 * @param standing whether this is a declaration
 * @param against why it may not become one
 * @param counts cases by verdict, with their place in a bar 1,000 wide
 * @param causes failures by what they have in common
 * @param looks what was shown again, in a sentence each
 * @param flaky cases that did something else the second time
 * @param deaths where the deaths of processes come from
 * @param levels cases that do something else with graph optimisation off
 * @param failures by requirement, without what is waived
 * @param waived failing cases that are waived
 * @param notes what passing cases say
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
        Causes causes,
        List<String> looks,
        List<Look> flaky,
        Deaths deaths,
        List<Look> levels,
        List<Failures> failures,
        int failing,
        List<Undecided> undecided,
        List<Chapter> chapters,
        int requirements,
        List<WaiverRow> waivers,
        List<IdleWaiver> idleWaivers,
        int waived,
        List<Left> outOfScope,
        int leftOut,
        List<DeviationRow> deviations,
        List<Group> totals,
        List<Measured> measured,
        List<Note> notes,
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

    /** Failures by what they have in common; {@code more} groups are not printed. */
    public record Causes(List<Cause> groups, int more, int failing, List<Fact> labels) {}

    /** Failing cases that look like one fault, the smallest first; {@code more} of them are not printed. */
    public record Cause(
            String what,
            String whose,
            String count,
            int waived,
            String types,
            String operators,
            List<String> cases,
            int more) {}

    /** Deaths of processes: a sentence, those that are not just their case's, and how many of these are not printed. */
    public record Deaths(String sentence, List<Fact> cases, int more) {}

    /** A case that was shown twice and did not do the same. */
    public record Look(String id, Mark first, Mark second, String what) {}

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

    /** Waivers granted for one reason, and the cases they cover. */
    public record WaiverRow(
            List<String> ids,
            String effect,
            String reason,
            String reproduction,
            String grantedBy,
            String granted,
            String expires,
            String versions,
            List<WaivedCase> cases) {}

    /** A case that a waiver covers. */
    public record WaivedCase(
            String id, String requirement, Mark mark, String message, Optional<String> worst, long line) {}

    /** A waiver that did nothing in this run. */
    public record IdleWaiver(String id, String requirement, String effect, String expires) {}

    /** A reason and the requirements left out for it. */
    public record Left(String reason, List<String> requirements) {}

    /** A known deviation of the ICS. */
    public record DeviationRow(String cases, String reason, String effect, int deviating) {}

    /** A case with numbers of its own. */
    public record Measured(
            String id, Mark mark, String message, List<Fact> facts, Optional<Matrix> matrix, long line) {}

    /** A confusion matrix. */
    public record Matrix(List<String> classes, List<MatrixRow> rows) {}

    /** A true class, and what its records were taken for. */
    public record MatrixRow(String name, List<Cell> cells, String records, String recall, String precision) {}

    /** A count and how it is shown. */
    public record Cell(String count, String look) {}

    /** What a passing case says, and how many others say the same. */
    public record Note(String text, String id, int others) {}

    /** A command and what it does. */
    public record Command(String does, String line, String expect) {}
}
