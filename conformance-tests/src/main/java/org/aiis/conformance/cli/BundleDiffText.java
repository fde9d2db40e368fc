package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.report.diff.BundleDiff;
import org.aiis.report.diff.Cause;
import org.aiis.report.diff.Fact;
import org.aiis.report.diff.Movement;
import org.aiis.report.diff.Times;
import org.aiis.report.diff.Turned;

/** Two bundles' differences for a person: the bad news first, at most so many lines of each kind. */
record BundleDiffText(PrintWriter console, int most) {
    /** Lines of a list. */
    static final int FIRST = 15;

    private static final int DIGEST = 12;
    private static final int LONGEST = 160;

    void print(BundleDiff diff) {
        side("before", diff.before());
        side("now", diff.now());
        summary(diff);
        diff.notes().forEach(note -> console.println("note      " + note));
        facts(diff.facts());
        diff.causes().stream().limit(most).forEach(this::cause);
        rest(diff.causes().size());
        requirements(diff.requirements());
        movements(diff);
        placings(diff);
        times(diff.times());
    }

    private void side(String which, BundleDiff.Side side) {
        console.println(String.format(Locale.ROOT, "%-9s ", which) + side.sut().name() + " "
                + side.sut().version() + ", " + side.sut().provider() + " (" + side.bundle() + ")");
        console.println("          " + side.line());
    }

    private void summary(BundleDiff diff) {
        console.println("cases     " + diff.cases() + " compared: " + diff.same() + " gave the same bits, "
                + diff.moved().size() + " other numbers; "
                + Stream.of(Turned.Direction.values())
                        .map(d -> diff.turned(d) + " " + d.word())
                        .collect(Collectors.joining(", ")));
        left(diff.onlyBefore(), "are in the earlier bundle alone");
        left(diff.onlyNow(), "are in the later bundle alone");
        left(diff.shownElse(), "of one name showed the two systems different things");
        left(diff.otherwise(), "answered in another way, without numbers to compare");
        left(diff.drawn(), "draw at random and gave other numbers, which says nothing");
    }

    private void left(int cases, String what) {
        if (cases > 0) {
            console.println("          " + cases + " cases " + what);
        }
    }

    /** Settings of one kind that were added or went, without values to compare, are told in one line. */
    private void facts(List<Fact> facts) {
        List<Fact> changed = facts.stream().filter(f -> !listed(f)).toList();
        changed.stream()
                .limit(most)
                .forEach(f -> console.println(String.format(Locale.ROOT, "%-9s ", f.about()) + f.name() + ": "
                        + value(f.before()) + " → " + value(f.now())));
        rest(changed.size());
        facts.stream()
                .filter(BundleDiffText::listed)
                .collect(Collectors.groupingBy(
                        f -> (f.now().isEmpty() ? "only before" : "only now") + ", " + f.about() + " "
                                + f.name().replaceFirst(" .*", ""),
                        java.util.TreeMap::new,
                        Collectors.mapping(f -> f.name().replaceFirst("^\\S* ", ""), Collectors.toList())))
                .forEach((what, names) -> console.println(
                        "          " + what + ": " + cut(names.size() + " (" + String.join(", ", names) + ")")));
    }

    private static boolean listed(Fact fact) {
        return fact.before().equals("listed") || fact.now().equals("listed");
    }

    private static String value(String text) {
        return text.isEmpty() ? "none" : text.matches("[0-9a-f]{64}") ? text.substring(0, DIGEST) + "…" : cut(text);
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private void cause(Cause cause) {
        Turned first = cause.smallest();
        console.println(String.format(
                Locale.ROOT,
                "%-9s %d %s, %s → %s: %s",
                cause.direction().word(),
                cause.cases().size(),
                cause.cases().size() == 1 ? "case" : "cases",
                first.before().word(),
                first.now().word(),
                cause.what()));
        boolean good = cause.direction() == Turned.Direction.BETTER;
        console.println("          " + first.id() + (good || first.told().isEmpty() ? "" : ": " + cut(first.told())));
    }

    /** Those of which no case turned are told together: that a waiver does not cover another version is no news of each. */
    private void requirements(List<BundleDiff.RequirementTurned> requirements) {
        List<BundleDiff.RequirementTurned> turned =
                requirements.stream().filter(r -> r.turned() > 0).toList();
        turned.stream()
                .limit(most)
                .forEach(r -> console.println("verdict   " + r.id() + ": " + r.before() + waived(r.waivedBefore())
                        + " → " + r.now() + waived(r.waivedNow())));
        rest(turned.size());
        requirements.stream()
                .filter(r -> r.turned() == 0)
                .collect(Collectors.groupingBy(
                        r -> r.before() + (r.waivedBefore() > 0 ? " with waivers" : "") + " → " + r.now()
                                + (r.waivedNow() > 0 ? " with waivers" : ""),
                        java.util.TreeMap::new,
                        Collectors.mapping(BundleDiff.RequirementTurned::id, Collectors.toList())))
                .forEach((what, ids) -> console.println("verdict   " + what + ", none of the compared cases turned: "
                        + cut(ids.size() + " (" + String.join(", ", ids) + ")")));
    }

    private static String waived(int cases) {
        return cases == 0 ? "" : " (" + cases + " waived)";
    }

    private void rest(int lines) {
        if (lines > most) {
            console.println("          and " + (lines - most) + " more: --all, or --json");
        }
    }

    private void movements(BundleDiff diff) {
        diff.movements().stream().limit(most).forEach(m -> console.println("moved     " + told(m)));
        rest(diff.movements().size());
    }

    private static String told(Movement m) {
        return m.requirement() + ": " + m.moved() + " of " + m.cases() + " cases"
                + (m.digestsOnly() > 0 ? " (" + m.digestsOnly() + " kept as digests)" : "")
                + m.limits().map(l -> ", up to " + number(l) + " of the limit").orElse("")
                + (m.steps() > 0 ? (m.limits().isPresent() ? " or " : ", up to ") + steps(m.steps(), m.unit()) : "")
                + (m.unlike() > 0 ? ", " + m.unlike() + " with outputs of other names, types or shapes" : "")
                + (m.special() > 0 ? ", " + m.special() + " elements NaN or infinite in one alone" : "")
                + errors(m.errorBefore(), m.errorNow())
                + "  " + m.furthest();
    }

    /** Values of the type from one to the other. */
    static String steps(double steps, String unit) {
        return String.format(Locale.ROOT, steps < 1e9 ? "%.0f " : "%.1e ", steps) + unit;
    }

    private static String errors(Optional<Double> before, Optional<Double> now) {
        return before.isEmpty() || now.isEmpty()
                ? ""
                : "; largest error " + number(before.get()) + " → " + number(now.get());
    }

    private static String number(double value) {
        return value == Double.MAX_VALUE ? "infinitely much" : String.format(Locale.ROOT, "%.3g", value);
    }

    private void placings(BundleDiff diff) {
        diff.placings().stream()
                .limit(most)
                .forEach(p -> console.println("placement " + p.cases().size() + " cases: nodes " + p.before() + " → "
                        + p.now() + "  " + p.cases().get(0)));
        rest(diff.placings().size());
    }

    private void times(Times times) {
        String run = times.secondsBefore().isPresent() && times.secondsNow().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "the run %.0f s → %.0f s",
                        times.secondsBefore().get(),
                        times.secondsNow().get())
                : "a run was resumed, or did not end";
        console.println("time      " + run
                + times.middle()
                        .map(q -> String.format(
                                Locale.ROOT, "; a case in the middle took %.3g times as long (waiting included)", q))
                        .orElse(""));
        times.slower().stream()
                .limit(Math.max(most / 5, 1))
                .forEach(c -> console.println(
                        String.format(Locale.ROOT, "          %s: %.0f ms → %.0f ms", c.id(), c.before(), c.now())));
        times.loads().stream()
                .limit(most)
                .forEach(l -> console.println(String.format(
                        Locale.ROOT,
                        "          %s: median %.3g ms → %.3g ms, %.4g → %.4g samples a second",
                        l.id(),
                        l.p50Before(),
                        l.p50Now(),
                        l.rateBefore(),
                        l.rateNow())));
        rest(times.loads().size());
    }
}
