package org.aiis.report.diff;

import java.util.List;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Verdict;

/**
 * A bundle against an earlier one, as a person or a machine reads it. It changes no verdict.
 *
 * @param before the earlier run
 * @param now the later one
 * @param cases that both hold and that showed both systems the same; only these are compared
 * @param onlyBefore cases that the later run lacks
 * @param onlyNow cases that the earlier run lacks
 * @param shownElse cases of one name that showed the two systems different things
 * @param same cases that came back the same, bit for bit
 * @param drawn cases that draw at random and gave other numbers, which says nothing
 * @param otherwise cases that answered in another way, with no numbers to compare: refused, or refused with another code
 * @param facts what surrounds the runs and is not the same
 * @param requirements with another verdict
 * @param turned cases of which something else became
 * @param causes the same, gathered by what they have in common
 * @param movements of the numbers of cases that did not turn, by requirement, the largest first
 * @param moved cases that gave other numbers
 * @param placings cases whose nodes ran elsewhere
 * @param notes what else a reader must know
 */
public record BundleDiff(
        Side before,
        Side now,
        int cases,
        int onlyBefore,
        int onlyNow,
        int shownElse,
        int same,
        int drawn,
        int otherwise,
        List<Fact> facts,
        List<RequirementTurned> requirements,
        List<Turned> turned,
        List<Cause> causes,
        List<Movement> movements,
        List<Moved> moved,
        List<Placing> placings,
        Times times,
        List<String> notes) {
    public BundleDiff {
        facts = List.copyOf(facts);
        requirements = List.copyOf(requirements);
        turned = List.copyOf(turned);
        causes = List.copyOf(causes);
        movements = List.copyOf(movements);
        moved = List.copyOf(moved);
        placings = List.copyOf(placings);
        notes = List.copyOf(notes);
    }

    /** A run. */
    public record Side(String bundle, Sut sut, Verdict verdict, String line) {}

    /**
     * A requirement with another verdict.
     *
     * @param turned how many of its cases turned: where none did, waivers of the one run do not cover the other
     */
    public record RequirementTurned(
            String id, Verdict before, Verdict now, int waivedBefore, int waivedNow, int turned) {}

    /** How many cases turned in a direction. */
    public long turned(Turned.Direction direction) {
        return turned.stream().filter(t -> t.direction() == direction).count();
    }

    /** Whether anything got worse. */
    public boolean worse() {
        return turned(Turned.Direction.WORSE) > 0;
    }
}
